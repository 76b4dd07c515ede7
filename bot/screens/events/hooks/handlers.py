"""What do the buttons about a product's events do? They make, change and take away its secret."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.events.hooks import callbacks as cb
from bot.screens.events.hooks import view
from bot.screens.events.hooks.card import hook_screen, load
from bot.ui.screen import show
from core.errors import Stale
from core.events import secrets


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="hooks")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_hook, cb.OpenHook.filter())
    screen.callback_query.register(make, cb.MakeSecret.filter())
    screen.callback_query.register(drop_previous, cb.DropPrevious.filter())
    screen.callback_query.register(ask_remove, cb.AskRemove.filter())
    screen.callback_query.register(remove, cb.RemoveSecret.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutHook, ctx: Context) -> None:
    """Draw the screen as it is now."""
    await show(query, ctx.bot, (await hook_screen(ctx, data.product)).noticed(ctx.t("hook-stale")))


async def open_hook(
    query: CallbackQuery, callback_data: cb.OpenHook, ctx: Context, state: FSMContext
) -> None:
    """Show the screen; a secret that stood in the message is gone with that."""
    await state.clear()
    await show(query, ctx.bot, await hook_screen(ctx, callback_data.product))


async def make(query: CallbackQuery, callback_data: cb.MakeSecret, ctx: Context, state: FSMContext) -> None:
    """Make a secret and show it, this once."""
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        secret = await secrets.renew(
            session,
            ctx.runtime.keyring,
            callback_data.product,
            version=callback_data.version,
            now=ctx.now,
        )
    model = await load(ctx, callback_data.product)
    await show(query, ctx.bot, view.made(model, secret, ctx.t, ctx.zone, ctx.now))


async def drop_previous(query: CallbackQuery, callback_data: cb.DropPrevious, ctx: Context) -> None:
    """Have only the newest secret count."""
    async with ctx.runtime.unit_of_work() as session:
        await secrets.drop_previous(session, callback_data.product, version=callback_data.version)
    screen = await hook_screen(ctx, callback_data.product)
    await show(query, ctx.bot, screen.noticed(ctx.t("hook-dropped")))


async def ask_remove(query: CallbackQuery, callback_data: cb.AskRemove, ctx: Context) -> None:
    """Ask before the endpoint is switched off."""
    model = await load(ctx, callback_data.product)
    if model.version != callback_data.version:
        raise Stale("the webhook secret has changed since", product_id=model.product_id)
    await show(query, ctx.bot, view.ask_remove(model, ctx.t))


async def remove(query: CallbackQuery, callback_data: cb.RemoveSecret, ctx: Context) -> None:
    """Switch the endpoint off."""
    async with ctx.runtime.unit_of_work() as session:
        await secrets.remove(
            session, ctx.runtime.keyring, callback_data.product, version=callback_data.version
        )
    screen = await hook_screen(ctx, callback_data.product)
    await show(query, ctx.bot, screen.noticed(ctx.t("hook-removed")))
