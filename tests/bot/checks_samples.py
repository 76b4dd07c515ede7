"""The card with findings and costs, and the findings one by one, with difficult values."""

import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal

from bot.i18n import Translator
from bot.screens.draft.checks import Checks
from bot.screens.draft.view import CardModel, card_screen
from bot.screens.findings import view
from bot.screens.findings.callbacks import OpenFindings
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.ai.checks.findings import Finding, FindingCode
from core.ai.sums import NOTHING, Spent
from core.content.queries import CardView
from core.settings.zones import parse_zone
from tests.bot.samples import ID, LONG, NAME, NOW, card

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Moscow")
EVERY = [Finding(code, f"<{code}> & " + "о" * 300, 0, 3, 12) for code in FindingCode]


def with_checks(of: CardView, findings: Sequence[Finding], spent: Spent = NOTHING) -> CardModel:
    """Return a card with findings on each of its channels."""
    found: dict[uuid.UUID | None, Sequence[Finding]] = {
        row.channel_id: tuple(findings) for row in of.channels
    }
    return CardModel(of, ZONE, NOW, checks=Checks(found, spent))


SCREENS["card findings"] = lambda t: card_screen(with_checks(card(), EVERY), t)
SCREENS["card finding"] = lambda t: card_screen(with_checks(card(), EVERY[:1]), t)
SCREENS["card findings long"] = lambda t: card_screen(with_checks(card(LONG), EVERY), t)
SCREENS["card findings media"] = lambda t: card_screen(with_checks(card(media=True), EVERY[:5]), t)
for _name, _spent in {
    "known": Spent(21, 5, 5, Decimal("0.0054"), 0),
    "partly": Spent(2, 5, 5, Decimal("1.5"), 1),
    "unknown": Spent(1, 5, 5, Decimal(0), 1),
}.items():
    SCREENS[f"card cost {_name}"] = lambda t, spent=_spent: card_screen(  # type: ignore[misc]
        with_checks(card(made_by="ai"), (), spent), t
    )
_ABOUT = OpenFindings(content=ID, version=99_999)
_SPOTTED = [view.spotted(finding, NAME * 2) for finding in EVERY]
SCREENS["findings"] = lambda t: view.findings(_ABOUT, 99_999, _SPOTTED[5:10], Page(5, 5, len(EVERY)), t)
SCREENS["findings one"] = lambda t: view.findings(
    _ABOUT, 1, [view.spotted(Finding(FindingCode.MUST_SAY, NAME), "")], Page(0, 5, 1), t
)
SCREENS["findings none"] = lambda t: view.findings(_ABOUT, 1, [], Page(0, 5, 0), t)
