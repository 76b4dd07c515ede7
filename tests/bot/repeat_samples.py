"""Every screen of the repeats, with difficult values."""

from collections.abc import Callable
from datetime import timedelta

from bot.i18n import Translator
from bot.notifications import repeat_skipped
from bot.screens.repeat import callbacks as cb
from bot.screens.repeat import view
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.content.models import Content, ContentRepeat
from core.content.repeats import Repeated
from core.settings import cron
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Moscow")
_VERSION = 99_999
_DATES = [NOW + timedelta(days=days) for days in (1, 2, 400)]


def _repeat(line: str = "30 18 * * *", *, enabled: bool = True, text: str = NAME) -> Repeated:
    content = Content(id=ID, number=99_999, original_text=text, media=[], version=3)
    return Repeated(
        ContentRepeat(
            id=ID, content_id=ID, content_version=2, cron=line, timezone="Europe/Moscow", enabled=enabled,
            version=_VERSION, next_at=_DATES[0], made=21,
        ),
        content,
    )  # fmt: skip


def _look(every: cb.Every) -> Callable[[Translator], Screen]:
    about = cb.LookAtRepeat(content=ID, version=_VERSION, every=every, day=28, minutes=1439)
    line = view.rhythm_of(every, 28, 1439).cron()
    wish = view.Wish(99_999, _VERSION, cron.read({"cron": line}, ZONE), _DATES)
    return lambda t: view.look(about, wish, t, ZONE, NOW)


_post = cb.AskRepeat(content=ID, version=_VERSION)
_all = [
    _repeat(),
    _repeat("0 9 * * 1-5"),
    _repeat("0 9 28 * *", text=""),
    _repeat("7 7 7 7 7", enabled=False),
]
SCREENS |= {
    "repeat ask": lambda t: view.ask(99_999, _post, t, existing=None),
    "repeat ask again": lambda t: view.ask(99_999, _post, t, existing=_repeat()),
    "repeat weekday": lambda t: view.ask_day(cb.AskDay(content=ID, version=_VERSION, every=cb.Every.WEEK), t),
    "repeat month day": lambda t: view.ask_day(
        cb.AskDay(content=ID, version=_VERSION, every=cb.Every.MONTH), t
    ),
    "repeat hour": lambda t: view.ask_hour(
        cb.AskHour(content=ID, version=_VERSION, every=cb.Every.MONTH, day=28), t, ZONE, NOW
    ),
    "repeat typed": lambda t: view.ask_typed(
        cb.TypeHour(content=ID, version=_VERSION, every=cb.Every.MONTH, day=28), t
    ),
    "repeats": lambda t: view.repeats(_all * 2, Page(8, 8, 99), t, ZONE, NOW),
    "repeats empty": lambda t: view.repeats([], Page(0, 8, 0), t, ZONE, NOW),
    "repeat": lambda t: view.one(_repeat(), _DATES, t, ZONE, NOW),
    "repeat off": lambda t: view.one(_repeat("*/7 3 * 2 *", enabled=False), [], t, ZONE, NOW),
}
SCREENS |= {f"repeat look {every}": _look(every) for every in cb.Every}
for _why in ("missed", "busy", "full", "refused"):
    SCREENS[f"told repeat {_why}"] = lambda t, why=_why: repeat_skipped.view(  # type: ignore[misc]
        _repeat(), NOW, why, t, ZONE, NOW
    )
