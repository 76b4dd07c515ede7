"""How does the owner choose the groups the bot answers in? By its button when the bot is added, or by name or id."""

import re

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatFullInfo, Message

from bot.context import Context
from bot.replies import Refusal
from bot.screens.groups import callbacks as cb
from bot.screens.groups import view
from bot.screens.groups.states import GroupForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.screen import Screen, show
from core.settings import groups

_NAME = re.compile(r"(?:https?://)?(?:t\.me/|@)([A-Za-z]\w{3,31})")
_NUMBER = re.compile(r"-?\d{5,16}")
_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_LIMIT = 200  # characters


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="groups")
    screen.callback_query.register(open_groups, cb.OpenGroups.filter())
    screen.callback_query.register(ask, cb.AskGroup.filter())
    screen.callback_query.register(allow, cb.AllowGroup.filter())
    screen.callback_query.register(forget, cb.ForgetGroup.filter())
    screen.message.register(take, GroupForm.name, ~F.text.startswith("/"))
    return screen


async def open_groups(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show where the bot answers."""
    await state.clear()
    await show(query, ctx.bot, await groups_screen(ctx))


async def ask(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Ask for a group's name or id."""
    await form.wait_for(state, GroupForm.name)
    await show(query, ctx.bot, view.ask(ctx.t))


async def take(message: Message, ctx: Context, state: FSMContext) -> None:
    """Allow the group that was named, if the bot is in it."""
    text = form.typed_text(message, limit=_LIMIT)
    found = _NAME.fullmatch(text)
    number = _NUMBER.fullmatch(text)
    if found is None and number is None:
        raise Refusal("groups-bad-name")
    chat = await _look_up(ctx, f"@{found[1]}" if found else int(text))
    screen = await _allow(ctx, chat)
    await state.clear()
    await show(message, ctx.bot, screen)


async def allow(query: CallbackQuery, callback_data: cb.AllowGroup, ctx: Context) -> None:
    """Allow the group the bot was added to."""
    await show(query, ctx.bot, await _allow(ctx, await _look_up(ctx, callback_data.chat)))


async def forget(query: CallbackQuery, callback_data: cb.ForgetGroup, ctx: Context) -> None:
    """Take a group off the list; a second tap finds nothing to do."""
    async with ctx.runtime.unit_of_work() as session:
        await groups.forget(session, callback_data.chat)
    await show(query, ctx.bot, await groups_screen(ctx))


async def groups_screen(ctx: Context) -> Screen:
    """Load and draw the list."""
    async with ctx.runtime.unit_of_work() as session:
        allowed = await groups.allowed(session)
    return view.groups(allowed, ctx.t)


async def _look_up(ctx: Context, name: str | int) -> ChatFullInfo:
    """Return the group as Telegram knows it: the bot has to be in it. Raises ``Refusal``."""
    try:
        chat = await ctx.bot.get_chat(name)
    except (TelegramAPIError, ClientDecodeError):
        raise Refusal("groups-unknown") from None
    if chat.type not in _GROUPS:
        raise Refusal("groups-no-group")
    return chat


async def _allow(ctx: Context, chat: ChatFullInfo) -> Screen:
    title = chat.title or str(chat.id)
    async with ctx.runtime.unit_of_work() as session:
        if not await groups.allow(session, chat.id, title):
            raise Refusal("groups-too-many", limit=groups.MOST)
    return (await groups_screen(ctx)).noticed(ctx.t("groups-allowed", title=fmt.short(title, 100)))
