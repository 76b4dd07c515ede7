"""What do /drafts and its buttons do?"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.drafts import view
from bot.screens.drafts.callbacks import OpenDrafts
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.content import service as content
from core.text import markdown

_PAGE = 8
_EXCERPT = 200  # characters of the text that a line is made from


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="drafts")
    screen.message.register(open_drafts, Command("drafts"))
    screen.callback_query.register(turn_page, OpenDrafts.filter())
    return screen


async def open_drafts(message: Message, ctx: Context) -> None:
    """Show the newest drafts."""
    await show(message, ctx.bot, await drafts_screen(ctx, 0))


async def turn_page(query: CallbackQuery, callback_data: OpenDrafts, ctx: Context) -> None:
    """Show the asked page."""
    await show(query, ctx.bot, await drafts_screen(ctx, callback_data.offset))


async def drafts_screen(ctx: Context, offset: int) -> Screen:
    """Load and draw a page of what waits for a decision, of all products."""
    async with ctx.runtime.unit_of_work() as session:
        total = await content.count_drafts(session)
        offset = clamp(offset, _PAGE, total)
        rows = await content.drafts(session, offset=offset, limit=_PAGE)
    lines = [
        view.DraftLine(
            content_id=row.id,
            number=row.number,
            excerpt=markdown.parse(row.original_text[:_EXCERPT]).text,
            media=len(row.media),
            changed_at=row.updated_at,
        )
        for row in rows
    ]
    return view.drafts(lines, Page(offset, _PAGE, total), ctx.t, ctx.now)
