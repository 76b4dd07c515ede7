"""What do the buttons of the rewriting menu do? They show the ways, check that one makes sense, and set it going."""

from functools import partial

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.rewrite import callbacks as cb
from bot.screens.rewrite import view, working
from bot.ui.screen import show


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="rewrite")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_menu, cb.OpenRewriting.filter())
    screen.callback_query.register(open_part, cb.OpenPart.filter())
    screen.callback_query.register(rewrite, cb.Rewrite.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.Versioned, ctx: Context) -> None:
    """Draw the card as it is now, saying that the tap did nothing."""
    message_id = query.message.message_id if query.message else None
    notice = ctx.t("draft-notice-stale")
    await redraw_card(place_of(ctx), data.content, notice=notice, message_id=message_id)


async def open_menu(
    query: CallbackQuery, callback_data: cb.OpenRewriting, ctx: Context, state: FSMContext
) -> None:
    """Show the menu in place of the card; also the way back from what it asks."""
    await state.clear()
    model = await working.load(ctx, callback_data.content, callback_data.version)
    await show(query, ctx.bot, view.menu(model, ctx.t))


async def open_part(query: CallbackQuery, callback_data: cb.OpenPart, ctx: Context) -> None:
    """Show the tools of one kind."""
    model = await working.load(ctx, callback_data.content, callback_data.version)
    await show(query, ctx.bot, view.part(model, callback_data.part, ctx.t))


async def rewrite(query: CallbackQuery, callback_data: cb.Rewrite, ctx: Context) -> None:
    """Rewrite with the tool; what makes no sense is said at once, and the menu stays."""
    model = await working.load(ctx, callback_data.content, callback_data.version)
    hindrance = await working.hindrance(ctx, model.text, callback_data.tool)
    if hindrance is not None:
        await show(query, ctx.bot, view.menu(model, ctx.t).noticed(hindrance))
        return
    job = working.Job(model.content_id, model.version, callback_data.tool)
    progress_id = await show(query, ctx.bot, working.progress(ctx, model.content_id))
    ctx.afterwards.append(partial(working.run, ctx, job, progress_id))
