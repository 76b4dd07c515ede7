"""What came in the quiet hours? One message in the morning: a line for each, and a button that shows it whole."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.registry import KINDS
from bot.notifications.telling import Telling
from bot.screens.home.callbacks import Home
from bot.screens.news.callbacks import OpenNews, TurnDigest
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.pager import Page, clamp, pager
from bot.ui.screen import Screen
from core.errors import NotFound
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind
from core.runtime import Runtime

_PAGE = 10
_LINE = 120  # characters


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news: the line it begins with, empty when what it was about is gone."""

    notification: uuid.UUID
    line: str


async def load(
    runtime: Runtime, digest_id: uuid.UUID, t: Translator, zone: tzinfo, now: datetime, offset: int = 0
) -> Screen:
    """Load and draw a page of the digest. Raises ``NotFound``."""
    async with runtime.unit_of_work() as session:
        rows = await notifications.of_digest(session, digest_id)
    if not rows:
        raise NotFound("there is no such digest", digest_id=digest_id)
    offset = clamp(offset, _PAGE, len(rows))
    items = [
        Item(row.id, await _line(telling_of(runtime, row, t, zone, now), row))
        for row in rows[offset : offset + _PAGE]
    ]
    return view(digest_id, items, Page(offset, _PAGE, len(rows)), t)


def telling_of(runtime: Runtime, row: Notification, t: Translator, zone: tzinfo, now: datetime) -> Telling:
    """Return what is needed to draw the notification."""
    return Telling(runtime, row.id, row.payload, t, zone, now)


async def _line(telling: Telling, row: Notification) -> str:
    try:
        told = await KINDS[NotificationKind(row.kind)](telling)
    except NotFound:
        return ""
    return next((line for line in told.screen.plain.text.splitlines() if line.strip()), "")


def view(digest_id: uuid.UUID, items: Sequence[Item], page: Page, t: Translator) -> Screen:
    """Draw a page of the digest."""
    lines = [
        t(
            "morning-line" if item.line else "morning-line-gone",
            n=str(page.offset + place),
            line=fmt.short(item.line, _LINE),
        )
        for place, item in enumerate(items, start=1)
    ]
    opened = [
        button(str(page.offset + place), OpenNews(notification=item.notification))
        for place, item in enumerate(items, start=1)
        if item.line
    ]
    return Screen.of(
        "\n".join([t("morning-title", n=page.total), "", *lines, "", t("morning-how")]),
        keyboard(
            *grid(opened, 5),
            pager(page, lambda offset: TurnDigest(digest=digest_id, offset=offset)),
            [button(t.label("ui-home"), Home())],
        ),
    )
