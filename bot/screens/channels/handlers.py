"""What do /channels and the buttons of a channel do?"""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.screens.channels import callbacks as cb
from bot.screens.channels import view, words
from bot.screens.channels.card import channel_screen, channels_screen, load, settings_screen, tested_screen
from bot.screens.channels.choosing import platform_or_way
from bot.screens.channels.states import ChannelForm
from bot.screens.channels.words import trouble
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.screen import edit, show
from core.channels import service as channels
from core.channels import trying
from core.channels.models import ChannelStatus
from core.errors import NexusError, Stale
from core.platforms.registry import get_platform


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="channels")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(open_channels, Command("channels"))
    screen.callback_query.register(open_channels, cb.OpenChannels.filter())
    screen.callback_query.register(turn_page, cb.TurnChannels.filter())
    screen.callback_query.register(open_channel, cb.OpenChannel.filter())
    screen.callback_query.register(test, cb.TestChannel.filter())
    screen.callback_query.register(take_test_back, cb.TakeTestBack.filter())
    screen.callback_query.register(check, cb.CheckChannel.filter())
    screen.callback_query.register(ask_name, cb.EditChannelName.filter())
    screen.callback_query.register(open_settings, cb.OpenChannelSettings.filter())
    screen.callback_query.register(set_option, cb.SetChannelOption.filter())
    screen.callback_query.register(ask_disconnect, cb.AskDisconnect.filter())
    screen.callback_query.register(disconnect, cb.Disconnect.filter())
    screen.callback_query.register(reconnect, cb.Reconnect.filter())
    screen.message.register(take_name, ChannelForm.name, ~F.text.startswith("/"))
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutChannel, ctx: Context) -> None:
    """Draw the channel as it is now."""
    await show(query, ctx.bot, (await channel_screen(ctx, data.channel)).noticed(ctx.t("channel-stale")))


async def open_channels(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show the channels; whatever was being typed is left."""
    await state.clear()
    await show(event, ctx.bot, await channels_screen(ctx))


async def turn_page(query: CallbackQuery, callback_data: cb.TurnChannels, ctx: Context) -> None:
    """Show the asked page."""
    await show(query, ctx.bot, await channels_screen(ctx, callback_data.offset))


async def open_channel(
    query: CallbackQuery, callback_data: cb.OpenChannel, ctx: Context, state: FSMContext
) -> None:
    """Show one channel; it is also the way back from its questions."""
    await state.clear()
    await show(query, ctx.bot, await channel_screen(ctx, callback_data.channel))


async def test(query: CallbackQuery, callback_data: cb.TestChannel, ctx: Context) -> None:
    """Send one test post, however often the button is tapped."""
    async with ctx.runtime.unit_of_work() as session:
        await trying.claim(session, callback_data.channel, view.moment_of(callback_data.seen))
    screen = (await channel_screen(ctx, callback_data.channel)).noticed(ctx.t("connect-testing"))
    message_id = await show(query, ctx.bot, screen)
    ctx.afterwards.append(partial(_test, ctx, callback_data.channel, message_id))


async def _test(ctx: Context, channel_id: uuid.UUID, message_id: int) -> None:
    try:
        sent = await trying.send_test(ctx.runtime, channel_id, ctx.t.label("channel-test-text"))
    except NexusError as error:
        await _say_trouble(ctx, channel_id, message_id, error)
        return
    screen = await tested_screen(ctx, channel_id, sent)
    await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(ctx.t("channel-tested")))


async def take_test_back(query: CallbackQuery, callback_data: cb.TakeTestBack, ctx: Context) -> None:
    """Delete the test post; twice is once."""
    screen = (await channel_screen(ctx, callback_data.channel)).noticed(ctx.t("channel-test-deleting"))
    message_id = await show(query, ctx.bot, screen)
    ctx.afterwards.append(
        partial(_take_back, ctx, callback_data.channel, str(callback_data.post), message_id)
    )


async def _take_back(ctx: Context, channel_id: uuid.UUID, post_id: str, message_id: int) -> None:
    try:
        await trying.take_back(ctx.runtime, channel_id, post_id)
    except NexusError as error:
        await _say_trouble(ctx, channel_id, message_id, error)
        return
    screen = (await channel_screen(ctx, channel_id)).noticed(ctx.t("channel-test-deleted"))
    await edit(ctx.bot, ctx.chat_id, message_id, screen)


async def check(query: CallbackQuery, callback_data: cb.CheckChannel, ctx: Context) -> None:
    """Ask the platform, once the chat is free."""
    screen = (await channel_screen(ctx, callback_data.channel)).noticed(ctx.t("connect-looking"))
    message_id = await show(query, ctx.bot, screen)
    ctx.afterwards.append(partial(_check, ctx, callback_data.channel, message_id))


async def _check(ctx: Context, channel_id: uuid.UUID, message_id: int) -> None:
    try:
        account = await trying.look(ctx.runtime, channel_id)
    except NexusError as error:
        await _say_trouble(ctx, channel_id, message_id, error)
        return
    head = ctx.t("channel-checked" if account.usable else "channel-checked-lacking")
    lines = words.rights(words.rights_of(account), ctx.t)
    screen = (await channel_screen(ctx, channel_id)).noticed(f"{head}\n{lines}")
    await edit(ctx.bot, ctx.chat_id, message_id, screen)


async def _say_trouble(ctx: Context, channel_id: uuid.UUID, message_id: int, error: NexusError) -> None:
    line = await load(ctx, channel_id)
    screen = (await channel_screen(ctx, channel_id)).noticed(trouble(error, line.platform, ctx.t))
    await edit(ctx.bot, ctx.chat_id, message_id, screen)


async def ask_name(
    query: CallbackQuery, callback_data: cb.EditChannelName, ctx: Context, state: FSMContext
) -> None:
    """Ask under which name to show the channel."""
    line = await load(ctx, callback_data.channel)
    await form.wait_for(state, ChannelForm.name, channel=line.channel_id.hex)
    text = ctx.t("channel-ask-name", name=fmt.short(line.name, 100))
    await show(query, ctx.bot, form.question(ctx.t, text, cancel=cb.OpenChannel(channel=line.channel_id)))


async def take_name(message: Message, ctx: Context, state: FSMContext) -> None:
    """Show the channel under the typed name from now on."""
    name = form.typed_text(message, limit=channels.NAME_LIMIT)
    channel_id = uuid.UUID((await state.get_data())["channel"])
    async with ctx.runtime.unit_of_work() as session:
        await channels.rename(session, channel_id, name)
    await state.clear()
    await show(message, ctx.bot, (await channel_screen(ctx, channel_id)).noticed(ctx.t("channel-renamed")))


async def open_settings(query: CallbackQuery, callback_data: cb.OpenChannelSettings, ctx: Context) -> None:
    """Show what can be chosen for the channel."""
    await show(query, ctx.bot, await settings_screen(ctx, callback_data.channel))


async def set_option(query: CallbackQuery, callback_data: cb.SetChannelOption, ctx: Context) -> None:
    """Set a choice to the value the button named: twice is once."""
    line = await load(ctx, callback_data.channel)
    choices = get_platform(line.platform).choices
    if callback_data.choice >= len(choices) or callback_data.value >= len(
        choices[callback_data.choice].values
    ):
        raise Stale("there is no such choice", channel_id=line.channel_id)
    choice = choices[callback_data.choice]
    async with ctx.runtime.unit_of_work() as session:
        await channels.choose(session, line.channel_id, choice.name, choice.values[callback_data.value])
    await show(query, ctx.bot, await settings_screen(ctx, line.channel_id))


async def ask_disconnect(query: CallbackQuery, callback_data: cb.AskDisconnect, ctx: Context) -> None:
    """Ask first, and say what waits in the queue."""
    line = await load(ctx, callback_data.channel)
    if line.status is ChannelStatus.DISCONNECTED:
        raise Stale("the channel is disconnected already", channel_id=line.channel_id)
    await show(query, ctx.bot, view.ask_disconnect(line, ctx.t))


async def disconnect(query: CallbackQuery, callback_data: cb.Disconnect, ctx: Context) -> None:
    """Forget the channel's secrets and hold its queue."""
    async with ctx.runtime.unit_of_work() as session:
        await channels.disconnect(session, ctx.runtime.keyring, callback_data.channel)
    notice: Markup = ctx.t("channel-disconnected-now")
    await show(query, ctx.bot, (await channel_screen(ctx, callback_data.channel)).noticed(notice))


async def reconnect(
    query: CallbackQuery, callback_data: cb.Reconnect, ctx: Context, state: FSMContext
) -> None:
    """Walk through the wizard again; what waits in the queue goes on afterwards."""
    await state.clear()
    line = await load(ctx, callback_data.channel)
    await show(query, ctx.bot, await platform_or_way(ctx, line.product_id, line.platform))
