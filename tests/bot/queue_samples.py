"""Every screen of the queue, its filters, its calendar, and swapping, with difficult values."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.i18n import Translator
from bot.screens.queue import calendar, narrowing, swapping, view
from bot.screens.queue import callbacks as cb
from bot.screens.queue.callbacks import By, Shown
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.publications.models import PublicationStatus
from core.publications.queries import QueuePage
from core.publications.swapping import Place
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW, publication

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Moscow")
_ITEMS = tuple(publication(status) for status in PublicationStatus)
_PAGE = QueuePage(items=(*_ITEMS, publication(PublicationStatus.SCHEDULED)), total=99, offset=8, limit=8)
_NONE = QueuePage(items=(), total=0, offset=0, limit=8)
_MONDAY = date(2026, 3, 2)


def _filters(**fields: object) -> cb.TurnQueue:
    return cb.TurnQueue.model_validate(fields)


def _queue(page: QueuePage, shelf: view.Shelf, *, paused: bool = False) -> Callable[[Translator], Screen]:
    since = NOW - timedelta(days=400) if page.items else None
    return lambda t: view.queue(page, shelf, t, ZONE, NOW, paused=paused, paused_since=since)


def _narrow(by: By) -> cb.NarrowQueue:
    return cb.NarrowQueue(product=ID, platform="mastodon", shown=Shown.UNCERTAIN, by=by)


_everything = view.Shelf(_filters(product=ID, platform="mastodon", shown="u"), NAME, "Mastodon")
SCREENS |= {
    "queue": _queue(_PAGE, view.Shelf(_filters())),
    "queue empty": _queue(_NONE, view.Shelf(_filters())),
    "queue paused": _queue(_PAGE, view.Shelf(_filters()), paused=True),
    "queue paused empty": _queue(_NONE, view.Shelf(_filters()), paused=True),
    "queue narrowed": _queue(_PAGE, _everything),
    "queue narrowed empty": _queue(_NONE, _everything),
    "queue products": lambda t: narrowing.products(
        _narrow(By.PRODUCT), [narrowing.Choice(NAME, product=ID)] * 8, Page(8, 8, 99), t
    ),
    "queue platforms": lambda t: narrowing.platforms(
        _narrow(By.PLATFORM), [narrowing.Choice("Mastodon", platform="mastodon")] * 11, t
    ),
    "queue statuses": lambda t: narrowing.statuses(
        _narrow(By.STATUS), 99_999, dict.fromkeys(PublicationStatus, 12_345), t
    ),
    "queue swap": lambda t: swapping.places(
        _ITEMS[0], [Place(99_999, NAME, NOW)] * 8, Page(8, 8, 99), t, ZONE, NOW
    ),
    "queue swap none": lambda t: swapping.places(_ITEMS[0], [], Page(0, 8, 0), t, ZONE, NOW),
    "queue week": lambda t: calendar.week(
        _MONDAY, QueuePage(_ITEMS * 6, total=99, offset=0, limit=40), ID, t, ZONE, NOW
    ),
    "queue week empty": lambda t: calendar.week(_MONDAY, _NONE, None, t, ZONE, NOW),
    "queue month": lambda t: calendar.month(
        date(2026, 3, 1), [NOW + timedelta(hours=n * 7) for n in range(100)] + [NOW] * 20, ID, t, ZONE, NOW
    ),
    "queue month empty": lambda t: calendar.month(date(2027, 2, 1), [], None, t, ZONE, NOW),
    "queue day": lambda t: calendar.day(cb.OpenDay(day=20_514, product=ID), _PAGE, t, ZONE, NOW),
    "queue day empty": lambda t: calendar.day(cb.OpenDay(day=0), _NONE, t, ZONE, NOW),
}
