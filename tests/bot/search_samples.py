"""Every screen of the search, with difficult values."""

from collections.abc import Callable
from dataclasses import replace

from bot.i18n import Translator
from bot.screens.search import view
from bot.screens.search.callbacks import Status
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.content.models import ContentStatus
from core.content.search import Found, Piece
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_ZONE = parse_zone("Europe/Moscow")
_EXCERPT = (
    Piece("…<i>& "),
    Piece("<b>скидки" * 8, hit=True),
    Piece(" ещё\u202e и " * 12),
    Piece("a" * 60, hit=True),
)
_ITEMS = [
    Found(ID, 99_999, NAME, status, NOW, excerpt, 3)
    for status, excerpt in zip(ContentStatus, [_EXCERPT, _EXCERPT, (), _EXCERPT], strict=True)
] + [Found(ID, 1, NAME, ContentStatus.DRAFT, NOW, _EXCERPT, 0)] * 2
MODEL = view.SearchModel(10**15, NAME * 2, _ITEMS, Page(6, 6, 99), NAME, Status.PUBLISHED, newest=True)
_NONE = replace(MODEL, items=[], page=Page(0, 6, 0))

SCREENS["search"] = lambda t: view.found(MODEL, t, _ZONE, NOW)
SCREENS["search one"] = lambda t: view.found(
    replace(MODEL, items=_ITEMS[:1], page=Page(0, 6, 1), product=None, status=Status.ANY, newest=False),
    t,
    _ZONE,
    NOW,
)
SCREENS["search nothing here"] = lambda t: view.found(_NONE, t, _ZONE, NOW)
SCREENS["search nothing"] = lambda t: view.found(
    replace(_NONE, product=None, status=Status.ANY), t, _ZONE, NOW
)
SCREENS["search products"] = lambda t: view.products(10**15, [(ID, NAME)] * 8, Page(8, 8, 99), t)
SCREENS["search statuses"] = lambda t: view.statuses(10**15, t)
SCREENS["search forgotten"] = view.forgotten
