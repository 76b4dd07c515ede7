"""What do /start and the home buttons do?"""

from datetime import datetime, timedelta

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
from bot.screens.home.hints import load_hints
from bot.screens.welcome import progress
from bot.ui import format as fmt
from bot.ui.screen import Screen, show
from core.ai import choosing
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.chats import service as chats
from core.content import service as content
from core.products import service as products
from core.publications import queries
from core.settings import service as settings
from core.settings.first_run import FirstRun, Step

_TODAY_LIMIT = 50


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
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
        current = next((product for product in active if product.id == ctx.product_id), None)
        drafts = await content.count_drafts(session)
        page = await queries.queue(session, offset=0, limit=_TODAY_LIMIT)
        connected = await channels.list_for_product(session, current.id) if current else []
        writer = await choosing.current(session, ctx.runtime.settings)
        publishing = await settings.get(session, settings.Publishing)
    hints = await load_hints(ctx, current.id) if current else []
    today_ends = _tomorrow(ctx.now.astimezone(ctx.zone))
    today = [
        view.Upcoming(
            at=item.scheduled_at,
            title=f"#{item.content_number} {fmt.short(item.excerpt)}",
            channel=item.channel_name,
        )
        for item in page.items
        if item.scheduled_at < today_ends
    ]
    model = view.HomeModel(
        products=[product.name for product in active],
        current=current.name if current else None,
        today=today,
        today_total=len(today),
        drafts=drafts,
        waiting=page.total,
        has_channel=any(channel.status != ChannelStatus.DISCONNECTED for channel in connected),
        ai_missing=writer.missing,
        product_id=current.id if current else None,
        hints=hints,
        paused=publishing.paused,
    )
    return view.home(model, ctx.t, ctx.zone)


def _tomorrow(now: datetime) -> datetime:
    """Return the midnight that ends the day of ``now``."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
