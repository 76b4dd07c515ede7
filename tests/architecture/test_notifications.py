"""Is every kind of notification one that something really sends?"""

import re
from pathlib import Path

from core.notifications.models import NotificationKind

ROOT = Path(__file__).resolve().parents[2]
DEFINED_IN = ROOT / "core" / "notifications" / "models.py"
DRAWN_IN = ROOT / "bot" / "notifications"


def test_every_kind_has_a_sender() -> None:
    """A kind that is drawn and tested but never sent looks like an alert the owner has."""
    sources = [path for part in ("core", "bot", "workers") for path in (ROOT / part).rglob("*.py")]
    senders = [path.read_text() for path in sources if path != DEFINED_IN and DRAWN_IN not in path.parents]
    named = set(re.findall(r"NotificationKind\.([A-Z_]+)", "\n".join(senders)))
    assert {kind.name for kind in NotificationKind} <= named
