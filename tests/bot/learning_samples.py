"""Every screen about learned rules, with difficult values."""

from collections.abc import Callable
from dataclasses import replace

from bot.i18n import Translator
from bot.screens.learning import view
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.learning.models import ProposalStatus
from core.learning.signs import SignCode
from core.products.voice_fields import VoiceField
from core.products.voice_proposal import Piece
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_PIECES = [
    Piece(field=VoiceField.AVOID, items=["<слово>&" * 20]),
    Piece(field=VoiceField.RULES, items=["Вместо «<a>» говорить «&b»." * 8]),
]
_EVIDENCE = view.Evidence(99_999, ID, NOW, '<b>&"' * 150, "«было» & стало\n" * 40)


def line(code: SignCode = SignCode.WORD_REPLACED, **changes: object) -> view.RuleLine:
    """Return a proposal in the list."""
    return replace(view.RuleLine(ID, code, "<слово>" * 30, 5, ProposalStatus.PROPOSED), **changes)  # type: ignore[arg-type]


def model(**changes: object) -> view.RuleModel:
    """Return a proposal."""
    return replace(view.RuleModel(ID, NAME, line(), _PIECES, Page(2, 1, 20), _EVIDENCE), **changes)  # type: ignore[arg-type]


def _rule(one: view.RuleModel) -> Callable[[Translator], Screen]:
    return lambda t: view.rule(one, t, NOW)


_LINES = [line(code, status=status) for code in SignCode for status in ProposalStatus][:8]
SCREENS["rules"] = lambda t: view.rules(ID, NAME, _LINES, Page(8, 8, 99), t)
SCREENS["rules empty"] = lambda t: view.rules(ID, NAME, [], Page(0, 8, 0), t)
for _code in SignCode:
    SCREENS[f"rule {_code}"] = _rule(model(line=line(_code)))
for _status in ProposalStatus:
    SCREENS[f"rule {_status}"] = _rule(model(line=line(status=_status)))
SCREENS["rule without posts"] = _rule(model(evidence=None, page=Page(0, 1, 0)))
SCREENS["told rule"] = lambda t: view.told(model(), t, NOW)
