"""What do the buttons of a draft's versions do?"""

import uuid
from collections.abc import Sequence
from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.preview import send_preview
from bot.screens.versions import callbacks as cb
from bot.screens.versions import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, send, show
from core.content import history, queries
from core.content import service as content
from core.content.models import Content, ContentVersion
from core.platforms.base import Part
from core.text import markdown

_PAGE = 6
_EXCERPT = 400  # characters of the text that a line is made from


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="versions")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_versions, cb.OpenVersions.filter())
    screen.callback_query.register(open_version, cb.OpenVersion.filter())
    screen.callback_query.register(send_version, cb.SendVersion.filter())
    screen.callback_query.register(restore, cb.Restore.filter())
    return screen


async def open_versions(query: CallbackQuery, callback_data: cb.OpenVersions, ctx: Context) -> None:
    """Show the list in the card's place."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.get(session, callback_data.content)
        total = await history.count(session, found.id)
        offset = clamp(callback_data.offset, _PAGE, total)
        rows = await history.page(session, found.id, offset=offset, limit=_PAGE)
    lines = [_line(row) for row in rows]
    await show(query, ctx.bot, view.versions(_look(ctx, found), lines, Page(offset, _PAGE, total), ctx.t))


async def open_version(query: CallbackQuery, callback_data: cb.OpenVersion, ctx: Context) -> None:
    """Show one version as it was."""
    screen, _ = await _version_screen(ctx, callback_data.content, callback_data.number)
    await show(query, ctx.bot, screen)


async def send_version(query: CallbackQuery, callback_data: cb.SendVersion, ctx: Context) -> None:
    """Send its messages, then the version's screen below them."""
    screen, parts = await _version_screen(ctx, callback_data.content, callback_data.number)
    ctx.afterwards.append(partial(_send, ctx, screen, parts))


async def restore(query: CallbackQuery, callback_data: cb.Restore, ctx: Context) -> None:
    """Bring the version back; what came after it is kept as well."""
    async with ctx.runtime.unit_of_work() as session:
        await content.restore(
            session,
            callback_data.content,
            expected_version=callback_data.version,
            version=callback_data.number,
        )
    message_id = query.message.message_id if query.message else None
    notice = ctx.t("versions-restored", number=str(callback_data.number))
    await redraw_card(place_of(ctx), callback_data.content, notice=notice, message_id=message_id)


async def _send(ctx: Context, screen: Screen, parts: Sequence[Part]) -> None:
    _, failure = await send_preview(ctx.bot, ctx.chat_id, parts, ctx.runtime.media)
    if failure:
        screen = screen.noticed(ctx.t("draft-preview-failed", reason=failure))
    await send(ctx.bot, ctx.chat_id, screen)


async def _version_screen(ctx: Context, content_id: uuid.UUID, number: int) -> tuple[Screen, Sequence[Part]]:
    async with ctx.runtime.unit_of_work() as session:
        found = await content.get(session, content_id)
        row = await content.version_of(session, content_id, number)
        rendering = await queries.as_it_was(session, found, row, ctx.runtime.platforms)
    parts = rendering.parts if rendering else ()
    return view.version(_look(ctx, found), _line(row), parts, ctx.t), parts


def _look(ctx: Context, found: Content) -> view.Look:
    return view.Look(found.id, found.number, found.version, ctx.zone, ctx.now)


def _line(row: ContentVersion) -> view.VersionLine:
    return view.VersionLine(
        number=row.version,
        at=row.created_at,
        reason=row.reason,
        made_by=row.made_by,
        excerpt=markdown.parse(row.original_text[:_EXCERPT]).text,
        files=len(row.media),
        rejected_because=row.rejected_because,
    )
