"""What is offered when the calendar refuses a moment? The nearest free one, and going ahead all the same."""

from datetime import datetime
from math import ceil

from bot.context import Context
from bot.i18n import Markup
from bot.screens.draft import callbacks as cb
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.schedule.callbacks import PickAt, PickTime, Subject
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.platforms.registry import title_of
from core.publications.errors import NotFree, PlatformDayFull, QuietHours, TooClose


def refusal(ctx: Context, error: NotFree) -> Markup:
    """Say why the moment is refused and which one is free."""
    nearest = _nearest(error)
    shown = fmt.when(ctx.t, nearest, ctx.zone, ctx.now) if nearest else Markup(ctx.t("draft-nothing-near"))
    params = error.params
    if isinstance(error, TooClose):
        hours = params.get("gap_hours")
        gap = fmt.number(ctx.t, hours) if isinstance(hours, int | float) else "?"
        return ctx.t("draft-too-close", gap=gap, nearest=shown)
    if isinstance(error, QuietHours):
        start, end = str(params.get("quiet_from", "?")), str(params.get("quiet_to", "?"))
        return ctx.t("draft-quiet-hours", start=start, end=end, nearest=shown)
    limit = str(params.get("limit", "?"))
    if isinstance(error, PlatformDayFull):
        platform = title_of(str(params.get("platform", "")), ctx.runtime.platforms)
        return ctx.t("draft-platform-day-full", platform=platform, limit=limit, nearest=shown)
    return ctx.t("draft-day-full", limit=limit, nearest=shown)


def choice(ctx: Context, error: NotFree, anyway: Callback, anyway_label: str, about: PickTime) -> Screen:
    """Draw the refusal with its ways on: the nearest moment, all the same, back to where it was asked."""
    nearest = _nearest(error)
    back: Callback = (
        cb.OpenCard(content=about.id)
        if about.subject is Subject.CONTENT
        else OpenPublication(publication=about.id)
    )
    at = None
    if nearest is not None:
        label = ctx.t.label("draft-nearest", when=fmt.moment(ctx.t, nearest, ctx.zone, ctx.now))
        # Rounded up: a second early would be refused again.
        chosen = PickAt(
            subject=about.subject, id=about.id, version=about.version, at=ceil(nearest.timestamp())
        )
        at = button(label, chosen)
    return Screen.of(
        refusal(ctx, error),
        keyboard([at], [button(anyway_label, anyway)], [button(ctx.t.label("ui-back"), back)]),
    )


def _nearest(error: NotFree) -> datetime | None:
    nearest = error.params.get("nearest")
    return nearest if isinstance(nearest, datetime) else None
