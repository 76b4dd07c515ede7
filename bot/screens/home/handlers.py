"""What do /start and the home buttons do?"""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.commands import set_commands
from bot.context import Context
from bot.i18n import translator
from bot.screens.home import view
from bot.screens.home.callbacks import ChooseLanguage, Home, SetLanguage
from bot.screens.home.loading import load
from bot.screens.welcome import progress
from bot.ui.screen import Screen, show
from core.chats import service as chats
from core.settings import service as settings
from core.settings.first_run import FirstRun, Step


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="home")
    screen.message.register(start, CommandStart())
    screen.callback_query.register(open_home, Home.filter())
    screen.callback_query.register(choose_language, ChooseLanguage.filter())
    screen.callback_query.register(set_language, SetLanguage.filter())
    screen.my_chat_member.register(membership, F.chat.type == ChatType.PRIVATE)
    return screen


async def start(message: Message, ctx: Context, state: FSMContext) -> None:
    """Begin, go on with the first run where it stood, or come home; whatever was being typed is left."""
    await state.clear()
    await set_commands(ctx.bot, ctx.chat_id)
    if not ctx.language_chosen:
        await show(message, ctx.bot, view.languages(way_back=None))
        return
    first = await progress.standing(ctx)
    await show(message, ctx.bot, await (home_screen(ctx) if first is None else _go_on(ctx, state, first)))


async def open_home(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show the home screen in place of the tapped one."""
    await state.clear()
    await show(query, ctx.bot, await home_screen(ctx))


async def choose_language(query: CallbackQuery, ctx: Context) -> None:
    """Ask for the language."""
    await show(query, ctx.bot, view.languages(way_back=ctx.t.label("ui-back")))


async def set_language(
    query: CallbackQuery, callback_data: SetLanguage, ctx: Context, state: FSMContext
) -> None:
    """Speak the chosen language here, and write posts in it unless a product says otherwise."""
    language = callback_data.language.value
    async with ctx.runtime.unit_of_work() as session:
        await chats.remember(session, ctx.chat_id, language=language)
        await settings.change(session, settings.General, language=language)
    chosen = ctx.speaking(translator(language))
    await set_commands(ctx.bot, ctx.chat_id, language)
    first = await progress.standing(ctx)
    screen = await (home_screen(chosen) if first is None else _go_on(chosen, state, first))
    await show(query, ctx.bot, screen)


async def _go_on(ctx: Context, state: FSMContext, first: FirstRun) -> Screen:
    """Return the first run's screen; the language has been chosen."""
    return await progress.open_at(ctx, state, Step.ZONE if first.step is Step.LANGUAGE else first.step)


async def membership(event: ChatMemberUpdated, ctx: Context) -> None:
    """Note when the owner blocks the bot: notifications then wait instead of failing."""
    if event.new_chat_member.status == "kicked":
        async with ctx.runtime.unit_of_work() as session:
            await chats.remember(session, ctx.chat_id, blocked_at=ctx.now)


async def home_screen(ctx: Context) -> Screen:
    """Load and draw the home screen."""
    return view.home(await load(ctx), ctx.t, ctx.zone, ctx.now)
