"""How is a post read that does not fit on its card? Page by page, in the card's place: one message, no flood."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.i18n import Translator
from bot.middlewares.taps import RedrawStale
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import load_model, place_of
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.view import CardModel, preview_text
from bot.ui.formatted import TEXT_LIMIT, html, join
from bot.ui.keyboard import button, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen, show
from core.content import service as content

_HEAD = 200  # UTF-16 units kept for the line above the page


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_reading")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(read, cb.ShowWhole.filter())
    screen.callback_query.register(read, cb.ReadPage.filter())
    return screen


async def read(query: CallbackQuery, callback_data: cb.ShowWhole | cb.ReadPage, ctx: Context) -> None:
    """Show the asked page of the preview, the first one to begin with."""
    async with ctx.runtime.unit_of_work() as session:
        await content.at_version(session, callback_data.content, callback_data.version)
    model = await load_model(place_of(ctx), callback_data.content, callback_data.tab)
    page = callback_data.page if isinstance(callback_data, cb.ReadPage) else 0
    await show(query, ctx.bot, whole(model, page, ctx.t))


def whole(model: CardModel, number: int, t: Translator) -> Screen:
    """Draw page ``number`` (from 0) of the preview, as it will be published."""
    pages = preview_text(model.parts, t).pages(TEXT_LIMIT - _HEAD)
    number = min(number, len(pages) - 1)
    card = model.card
    arrows = pager(
        Page(number, 1, len(pages)),
        lambda at: cb.ReadPage(content=card.content_id, version=card.version, tab=model.tab, page=at),
    )
    title = html(t("draft-reading", number=str(card.number), page=str(number + 1), pages=str(len(pages))))
    back = button(t.label("draft-back"), cb.OpenCard(content=card.content_id, tab=model.tab))
    return Screen(join([title, pages[number]]), keyboard(arrows, [back]))
