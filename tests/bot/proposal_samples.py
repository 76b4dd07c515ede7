"""Every screen about what automations propose and report, with difficult values."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.i18n import Translator
from bot.screens.proposals import view
from bot.ui.screen import Screen
from core.automations.models import DraftOutcome
from core.content.models import ContentStatus
from core.settings.zones import parse_zone
from tests.bot.samples import ID, LONG, NAME, NOW, card

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Moscow")
RULE = view.Rule(ID, NAME, NAME, 7)


def _proposed(**changes: Any) -> view.Proposed:
    values: dict[str, Any] = {
        "card": card(), "rule": RULE, "version": card().version, "outcome": DraftOutcome.WAITING, "scheduling": "optimal",
    }  # fmt: skip
    return view.Proposed(**(values | changes))


def _draw(model: view.Proposed) -> Callable[[Translator], Screen]:
    return lambda t: view.proposal(model, t, ZONE, NOW, t("proposal-stale"))


_open = replace(card(), status=ContentStatus.DRAFT, text=LONG)
for _way in ("now", "at", "optimal", "next", "distributed"):
    SCREENS[f"proposal {_way}"] = _draw(_proposed(card=_open, version=_open.version, scheduling=_way))
for _what in ("publish", "drop"):
    SCREENS[f"proposal until {_what}"] = _draw(
        _proposed(
            card=_open,
            version=_open.version,
            decides_at=NOW + timedelta(hours=3),
            on_timeout=_what,
            asked_because="findings",
        )
    )
SCREENS["proposal edited"] = _draw(_proposed(card=_open, version=_open.version + 1))
for _outcome in DraftOutcome:
    for _status in (ContentStatus.READY, ContentStatus.ARCHIVED):
        SCREENS[f"proposal {_outcome} {_status}"] = _draw(
            _proposed(card=replace(_open, status=_status), outcome=_outcome)
        )
for _code in (*view.REASONS, "<odd>"):
    SCREENS[f"proposal because {_code}"] = _draw(
        _proposed(card=_open, version=_open.version, asked_because=_code)
    )
    SCREENS[f"automation failed {_code}"] = lambda t, code=_code: view.failed(RULE, code, t)  # type: ignore[misc]
    SCREENS[f"autonomy ended {_code}"] = lambda t, code=_code: view.ended(RULE, code, t)  # type: ignore[misc]
for _streak in (0, 1, 2, 5, 21):
    SCREENS[f"autonomy offered {_streak}"] = lambda t, n=_streak: view.offer(RULE, n, 7, t)  # type: ignore[misc]
SCREENS["autonomy offered before a change"] = lambda t: view.offer(RULE, 5, 6, t)
SCREENS["autonomy declined"] = lambda t: view.declined(RULE, t)
SCREENS["autonomy granted"] = lambda t: view.offer(replace(RULE, mode="auto"), 5, 7, t)
SCREENS["automation loop"] = lambda t: view.loop(RULE, t)
SCREENS["automation note"] = lambda t: view.note(RULE, "<b>&" * 3000, t)
