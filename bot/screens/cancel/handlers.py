"""What does /cancel do? It leaves the question that waits for an answer; what is saved stays."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.cancel.callbacks import CancelForm
from bot.screens.home.handlers import home_screen
from bot.ui.screen import show


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="cancel")
    screen.message.register(cancel, Command("cancel"))
    screen.callback_query.register(cancel, CancelForm.filter())
    return screen


async def cancel(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Forget what was being asked and say so on the home screen."""
    waiting = await state.get_state() is not None
    await state.clear()
    notice = ctx.t("cancel-done" if waiting else "cancel-nothing")
    await show(event, ctx.bot, (await home_screen(ctx)).noticed(notice))
