"""Why was the owner's wish not followed? Refusals the bot itself makes, each with the key of its text."""

from core.errors import Actor, NexusError


class Refusal(NexusError):
    """What was sent or tapped cannot be used here; ``key`` names the text that says what would work."""

    actor = Actor.OWNER
    code = "refusal"

    def __init__(self, key: str, /, **params: object) -> None:
        super().__init__(key, **params)
        self.key = key
