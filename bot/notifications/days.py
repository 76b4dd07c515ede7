"""Days: nothing has gone out for long, tomorrow is empty, or today is too full; with what can be done about it."""

import uuid
from datetime import date, datetime, time, timedelta, tzinfo

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.compose.callbacks import NewPostOf
from bot.screens.home.callbacks import Home
from bot.screens.queue.callbacks import OpenDay
from bot.screens.queue.view import day_number
from bot.screens.settings.callbacks import SwitchKind
from bot.screens.week.callbacks import PlanWeek
from bot.ui import format as fmt
from bot.ui.keyboard import Row, Style, button, keyboard
from bot.ui.screen import Screen
from core.errors import NotFound
from core.notifications.models import NotificationKind
from core.platforms.registry import title_of
from core.products import service as products
from core.products.models import Product
from core.publications import days
from core.text.when.wall import moved

_NAME = 60  # characters of a name
_DAY = timedelta(days=1)


async def tell_silence(telling: Telling) -> Told:
    """Load and draw. Raises ``NotFound`` when something has gone out since."""
    product = await _product(telling)
    last = datetime.fromisoformat(str(telling.payload["last"]))
    await _still_nothing(telling, product.id, last + timedelta(seconds=1), telling.now)
    return Told(silence(product.id, product.name, last, telling.t, telling.zone, telling.now))


async def tell_tomorrow(telling: Telling) -> Told:
    """Load and draw. Raises ``NotFound`` when something is planned by now."""
    product = await _product(telling)
    day = date.fromisoformat(str(telling.payload["day"]))
    midnight = moved(day, time(0), telling.zone)
    await _still_nothing(telling, product.id, midnight, midnight + _DAY)
    return Told(tomorrow(product.id, product.name, day, telling.t))


async def tell_too_many(telling: Telling) -> Told:
    """Load and draw."""
    product = await _product(telling)
    payload = telling.payload
    slug = str(payload.get("platform_slug") or "")
    drawn = too_many(
        product.id,
        product.name,
        title_of(slug, telling.runtime.platforms) if slug else "",
        int(payload["count"]),
        int(payload["limit"]),
        date.fromisoformat(str(payload["day"])),
        telling.t,
    )
    return Told(drawn)


async def _product(telling: Telling) -> Product:
    async with telling.runtime.unit_of_work() as session:
        return await products.get(session, telling.id_of("product_id"))


async def _still_nothing(telling: Telling, product_id: uuid.UUID, since: datetime, until: datetime) -> None:
    async with telling.runtime.unit_of_work() as session:
        if await days.planned(session, product_id, since, until):
            raise NotFound("there is a post by now", product_id=product_id)


def silence(
    product: uuid.UUID, name: str, last: datetime, t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Draw that nothing has gone out for long."""
    text = t("days-silence", product=fmt.short(name, _NAME), when=fmt.when(t, last, zone, now))
    return Screen.of(text, keyboard(*_make(product, t), *_foot(NotificationKind.SILENCE, t)))


def tomorrow(product: uuid.UUID, name: str, day: date, t: Translator) -> Screen:
    """Draw that nothing is planned for the day."""
    text = t("days-tomorrow", product=fmt.short(name, _NAME), day=fmt.weekday_and_date(t, day))
    return Screen.of(text, keyboard(*_make(product, t), *_foot(NotificationKind.EMPTY_TOMORROW, t)))


def too_many(
    product: uuid.UUID, name: str, platform: str, count: int, limit: int, day: date, t: Translator
) -> Screen:
    """Draw that a day has more posts than the owner's limit."""
    where = t("days-where-platform", platform=platform) if platform else t("days-where-all")
    text = t("days-too-many", product=fmt.short(name, _NAME), where=where, n=count, limit=limit)
    show = button(t.label("days-show"), OpenDay(day=day_number(day), product=product), style=Style.PRIMARY)
    return Screen.of(text, keyboard([show], *_foot(NotificationKind.TOO_MANY, t)))


def _make(product: uuid.UUID, t: Translator) -> list[Row]:
    return [
        [button(t.label("days-new"), NewPostOf(product=product), style=Style.PRIMARY)],
        [button(t.label("days-week"), PlanWeek(product=product))],
    ]


def _foot(kind: NotificationKind, t: Translator) -> list[Row]:
    return [
        [button(t.label("days-quiet"), SwitchKind(kind=kind, on=False))],
        [button(t.label("ui-home"), Home())],
    ]
