"""What happens when the owner decides? One guarded service each; a second tap finds it decided and only redraws."""

import uuid
from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.notifications.late import late_choice
from bot.screens.draft.card import redraw_everywhere
from bot.screens.queue.handlers import publication_screen
from bot.screens.resolve import callbacks as cb
from bot.ui.screen import show
from core.errors import NotFound
from core.notifications import service as notifications
from core.publications import queries, resolution
from core.publications.queries import PublicationView


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="resolve")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(retry, cb.Retry.filter())
    screen.callback_query.register(it_is_live, cb.ItIsLive.filter())
    screen.callback_query.register(send_again, cb.SendAgain.filter())
    screen.callback_query.register(look_again, cb.LookAgain.filter())
    screen.callback_query.register(accept_one, cb.AcceptOne.filter())
    screen.callback_query.register(skip_one, cb.SkipOne.filter())
    screen.callback_query.register(accept_all, cb.AcceptAll.filter())
    screen.callback_query.register(skip_all, cb.SkipAll.filter())
    screen.callback_query.register(choose, cb.ChooseLate.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.OnPublication, ctx: Context) -> None:
    """Show how the publication stands now."""
    await _redraw(query, ctx, data.publication, ctx.t("resolve-stale"))


async def retry(query: CallbackQuery, callback_data: cb.Retry, ctx: Context) -> None:
    """Try a failed post again."""
    async with ctx.runtime.unit_of_work() as session:
        queued = await resolution.retry(session, callback_data.publication, now=ctx.now)
    await _redraw(query, ctx, callback_data.publication, _notice(ctx, queued, "resolve-retrying"))


async def it_is_live(query: CallbackQuery, callback_data: cb.ItIsLive, ctx: Context) -> None:
    """Count the doubtful post as published."""
    async with ctx.runtime.unit_of_work() as session:
        settled = await resolution.confirm_live(session, callback_data.publication, now=ctx.now)
    await _redraw(query, ctx, callback_data.publication, _notice(ctx, settled, "resolve-noted-live"))


async def send_again(query: CallbackQuery, callback_data: cb.SendAgain, ctx: Context) -> None:
    """Send the doubtful post once more; two taps are one sending."""
    async with ctx.runtime.unit_of_work() as session:
        queued = await resolution.send_again(session, callback_data.publication, now=ctx.now)
    await _redraw(query, ctx, callback_data.publication, _notice(ctx, queued, "resolve-retrying"))


async def look_again(query: CallbackQuery, callback_data: cb.LookAgain, ctx: Context) -> None:
    """Look at the account; what cannot be seen is said."""
    verdict = await resolution.look_again(ctx.runtime, callback_data.publication)
    await _redraw(query, ctx, callback_data.publication, ctx.t(f"resolve-look-{verdict}"))


async def accept_one(query: CallbackQuery, callback_data: cb.AcceptOne, ctx: Context) -> None:
    """Publish one late post."""
    async with ctx.runtime.unit_of_work() as session:
        count = await resolution.accept_late(session, [callback_data.publication], now=ctx.now)
    await _redraw(query, ctx, callback_data.publication, _notice(ctx, bool(count), "resolve-retrying"))


async def skip_one(query: CallbackQuery, callback_data: cb.SkipOne, ctx: Context) -> None:
    """Let one late post go."""
    async with ctx.runtime.unit_of_work() as session:
        count = await resolution.skip_late(session, [callback_data.publication], now=ctx.now)
    await _redraw(query, ctx, callback_data.publication, _notice(ctx, bool(count), "resolve-skipped-one"))


async def accept_all(query: CallbackQuery, callback_data: cb.AcceptAll, ctx: Context) -> None:
    """Publish everything of the digest that still waits for a decision."""
    async with ctx.runtime.unit_of_work() as session:
        notification = await notifications.get(session, callback_data.notification)
        ids = late_ids(notification.payload)
        count = await resolution.accept_late(session, ids, now=ctx.now)
    await _redraw_digest(query, ctx, ids, "resolve-accepted", count)


async def skip_all(query: CallbackQuery, callback_data: cb.SkipAll, ctx: Context) -> None:
    """Let everything of the digest go that still waits for a decision."""
    async with ctx.runtime.unit_of_work() as session:
        notification = await notifications.get(session, callback_data.notification)
        ids = late_ids(notification.payload)
        count = await resolution.skip_late(session, ids, now=ctx.now)
    await _redraw_digest(query, ctx, ids, "resolve-skipped", count)


async def choose(query: CallbackQuery, callback_data: cb.ChooseLate, ctx: Context) -> None:
    """List the digest's posts, each to be opened."""
    async with ctx.runtime.unit_of_work() as session:
        notification = await notifications.get(session, callback_data.notification)
        ids = late_ids(notification.payload)
    items = await _load(ctx, ids)
    await show(query, ctx.bot, late_choice(items, ctx.t, ctx.zone, ctx.now))


def late_ids(payload: dict[str, object]) -> list[uuid.UUID]:
    """Return the publications of a digest."""
    ids = payload.get("publication_ids")
    return [uuid.UUID(str(item)) for item in ids] if isinstance(ids, list) else []


async def _load(ctx: Context, ids: Sequence[uuid.UUID]) -> list[PublicationView]:
    items = []
    async with ctx.runtime.unit_of_work() as session:
        for identifier in ids:
            try:
                items.append(await queries.details(session, identifier))
            except NotFound:
                continue  # deleted with its product since
    return items


def _notice(ctx: Context, done: bool, key: str) -> str:
    return ctx.t(key if done else "resolve-already")


async def _redraw(query: CallbackQuery, ctx: Context, publication_id: uuid.UUID, notice: str) -> None:
    screen, content_id = await publication_screen(ctx, publication_id)
    await show(query, ctx.bot, screen.noticed(notice))
    await redraw_everywhere(ctx.runtime, ctx.bot, content_id)


async def _redraw_digest(
    query: CallbackQuery,
    ctx: Context,
    ids: Sequence[uuid.UUID],
    key: str,
    count: int,
) -> None:
    items = await _load(ctx, ids)
    screen = late_choice(items, ctx.t, ctx.zone, ctx.now)
    await show(query, ctx.bot, screen.noticed(ctx.t(key, n=count)))
    for content_id in dict.fromkeys(item.content_id for item in items):
        await redraw_everywhere(ctx.runtime, ctx.bot, content_id)
