"""How is a random time drawn? Once, when its step is reached; what was drawn is kept with the step."""

import secrets

_STEPS = 1_000_000


def share() -> float:
    """Return a number from 0 to 1, each as likely."""
    return secrets.randbelow(_STEPS + 1) / _STEPS
