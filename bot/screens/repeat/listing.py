"""What do the list of repeats and its buttons do? Switch one off and on, and end it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.repeat import callbacks as cb
from bot.screens.repeat.handlers import repeat_screen, repeats_screen
from bot.ui.screen import show
from core.content import repeats


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="repeat_list")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_repeats, cb.OpenRepeats.filter())
    screen.callback_query.register(open_repeat, cb.OpenRepeat.filter())
    screen.callback_query.register(switch, cb.SwitchRepeat.filter())
    screen.callback_query.register(stop, cb.StopRepeat.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.OfRepeat, ctx: Context) -> None:
    """Show how the repeat is now."""
    await show(query, ctx.bot, (await repeat_screen(ctx, data.repeat)).noticed(ctx.t("repeat-stale")))


async def open_repeats(
    query: CallbackQuery, callback_data: cb.OpenRepeats, ctx: Context, state: FSMContext
) -> None:
    """Show a page of the list."""
    await state.clear()
    await show(query, ctx.bot, await repeats_screen(ctx, callback_data.offset))


async def open_repeat(query: CallbackQuery, callback_data: cb.OpenRepeat, ctx: Context) -> None:
    """Show one repeat."""
    await show(query, ctx.bot, await repeat_screen(ctx, callback_data.repeat))


async def switch(query: CallbackQuery, callback_data: cb.SwitchRepeat, ctx: Context) -> None:
    """Switch it on or off."""
    async with ctx.runtime.unit_of_work() as session:
        await repeats.switch(
            session, callback_data.repeat, version=callback_data.version, on=callback_data.on, now=ctx.now
        )
    await show(query, ctx.bot, await repeat_screen(ctx, callback_data.repeat))


async def stop(query: CallbackQuery, callback_data: cb.StopRepeat, ctx: Context) -> None:
    """End it; what stands in the queue stays there."""
    async with ctx.runtime.unit_of_work() as session:
        await repeats.stop(session, callback_data.repeat, version=callback_data.version)
    await show(query, ctx.bot, (await repeats_screen(ctx, 0)).noticed(ctx.t("repeat-stopped")))
