"""What does /help do?"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.help.callbacks import OpenHelp, OpenTopic
from bot.screens.help.view import help_screen, page
from bot.ui.screen import show


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="help")
    screen.message.register(open_help, Command("help"))
    screen.callback_query.register(open_help, OpenHelp.filter())
    screen.callback_query.register(open_topic, OpenTopic.filter())
    return screen


async def open_help(event: Message | CallbackQuery, ctx: Context) -> None:
    """Show what NEXUS does."""
    await show(event, ctx.bot, help_screen(ctx.t))


async def open_topic(query: CallbackQuery, callback_data: OpenTopic, ctx: Context) -> None:
    """Show one page of the help."""
    await show(query, ctx.bot, page(callback_data.topic, ctx.t))
