"""What do the wizard's buttons and answers do? From "connect" to a channel that is proved and kept."""

import structlog
from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, MessageOriginChannel, MessageOriginChat

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.channels import callbacks as cb
from bot.screens.channels import connect_view as view
from bot.screens.channels import pending as memory
from bot.screens.channels import wizard
from bot.screens.channels.card import channels_screen
from bot.screens.channels.choosing import choose_product, platform_or_way, way_screen
from bot.screens.channels.keeping import keep_tested, keep_untested
from bot.screens.channels.pending import Pending
from bot.screens.channels.states import ConnectForm
from bot.screens.channels.words import trouble
from bot.screens.secrets import remove_secret
from bot.ui import form
from bot.ui.screen import send, show
from core.channels import connecting
from core.errors import InvalidInput, Stale, Unsupported

log = structlog.get_logger(__name__)

_ANSWER = 4000  # UTF-16 units: a whole message of @BotFather's may be passed on


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="connecting")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(connect, cb.Connect.filter())
    screen.callback_query.register(turn_products, cb.TurnProductsToConnect.filter())
    screen.callback_query.register(connect_chat, cb.ConnectChat.filter())
    screen.callback_query.register(choose_way, cb.ChooseWay.filter())
    screen.callback_query.register(choose_platform, cb.ChoosePlatform.filter())
    screen.callback_query.register(connect_for, cb.ConnectFor.filter())
    screen.callback_query.register(use_kept, cb.UseKept.filter())
    screen.callback_query.register(use_made, cb.UseMade.filter())
    screen.callback_query.register(step_back, cb.StepBack.filter())
    screen.callback_query.register(look_again, cb.LookAgain.filter())
    screen.callback_query.register(keep_tested, cb.KeepTested.filter())
    screen.callback_query.register(keep_untested, cb.KeepUntested.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_secret, ConnectForm.secret, not_a_command)
    screen.message.register(take_answer, ConnectForm.answer, not_a_command)
    screen.message.register(wait, ConnectForm.working, not_a_command)
    screen.message.register(wait, ConnectForm.found, not_a_command)
    return screen


async def redraw_stale(query: CallbackQuery, data: object, ctx: Context) -> None:
    """Draw the list: whatever the button belonged to is over, and the wizard, if any, stands further down."""
    await show(query, ctx.bot, (await channels_screen(ctx)).noticed(ctx.t("channel-stale")))


async def connect(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Begin: whose channel will it be?"""
    await state.clear()
    await show(query, ctx.bot, await choose_product(ctx))


async def turn_products(query: CallbackQuery, callback_data: cb.TurnProductsToConnect, ctx: Context) -> None:
    """Show the asked page of the products."""
    await show(query, ctx.bot, await choose_product(ctx, callback_data.offset))


async def connect_for(
    query: CallbackQuery, callback_data: cb.ConnectFor, ctx: Context, state: FSMContext
) -> None:
    """Ask on which platform, or in which way when there is only one."""
    await state.clear()
    await show(query, ctx.bot, await platform_or_way(ctx, callback_data.product))


async def choose_platform(query: CallbackQuery, callback_data: cb.ChoosePlatform, ctx: Context) -> None:
    """Ask in which way."""
    back = cb.ConnectFor(product=callback_data.product)
    await show(query, ctx.bot, way_screen(ctx, callback_data.product, callback_data.platform, back))


async def choose_way(
    query: CallbackQuery, callback_data: cb.ChooseWay, ctx: Context, state: FSMContext
) -> None:
    """Ask for the first thing the way needs."""
    known = connecting.platforms(ctx.runtime)
    if callback_data.platform >= len(known):
        raise Stale("there is no such platform")
    platform = known[callback_data.platform]
    ways = connecting.ways(ctx.runtime, platform)
    if callback_data.way >= len(ways):
        raise Stale("there is no such way")
    pending = Pending(callback_data.product, platform.slug, ways[callback_data.way].code)
    await wizard.go_on(query, ctx, state, pending)


async def connect_chat(
    query: CallbackQuery, callback_data: cb.ConnectChat, ctx: Context, state: FSMContext
) -> None:
    """Connect the chat our bot was added to."""
    own = connecting.own_bot_way(ctx.runtime)
    if own is None:
        raise Unsupported("the panel has no bot of its own")
    platform, way = own
    given = {way.steps[-1].field: str(callback_data.chat)}
    pending = Pending(callback_data.product, platform.slug, way.code, given, step=len(way.steps))
    await wizard.go_on(query, ctx, state, pending)


async def take_answer(message: Message, ctx: Context, state: FSMContext) -> None:
    """Take what was typed, or the channel a post was forwarded from."""
    pending = await memory.load(ctx, state)
    step = pending.asks(ctx)
    if step is None:
        raise Stale("every step was answered")
    origin = _origin(message) if step.forwarded else None
    text = origin or form.typed_text(message, limit=_ANSWER)
    try:
        value = step.read(text)
    except InvalidInput as error:
        again = await wizard.ask(ctx, state, pending.next(), notice=trouble(error, pending.platform, ctx.t))
        await show(message, ctx.bot, again)
        return
    given = {**pending.given, step.field: value}
    if step.prove is None:
        await wizard.go_on(message, ctx, state, pending.next(given=given, step=pending.step + 1))
        return
    proving = pending.next(given=given)
    await memory.save(ctx, state, proving, ConnectForm.working)
    sent = await send(ctx.bot, ctx.chat_id, view.looking(ctx.t))
    wizard.prove_later(ctx, state, proving, sent.message_id, notice=None)


async def take_secret(message: Message, ctx: Context, state: FSMContext) -> None:
    """Take a secret: its message is gone from the chat before anything else happens, right or wrong."""
    notice = await remove_secret(message, ctx)
    pending = await memory.load(ctx, state)
    step = pending.asks(ctx)
    if step is None:
        raise Stale("every step was answered")
    text = message.text or message.caption or ""
    try:
        value = step.read(text)
    except InvalidInput as error:
        above = f"{notice}\n\n{trouble(error, pending.platform, ctx.t)}"
        again = await wizard.ask(ctx, state, pending.next())
        await show(message, ctx.bot, again.noticed(above))
        return
    proving = pending.next(given={**pending.given, step.field: value})
    await memory.save(ctx, state, proving, ConnectForm.working)
    sent = await send(ctx.bot, ctx.chat_id, view.looking(ctx.t).noticed(notice))
    wizard.prove_later(ctx, state, proving, sent.message_id, notice=notice)


async def use_kept(query: CallbackQuery, callback_data: cb.UseKept, ctx: Context, state: FSMContext) -> None:
    """Answer with what the channel had before."""
    pending = await memory.load(ctx, state, callback_data.turn)
    value = await wizard.kept_value(ctx, pending)
    step = pending.asks(ctx)
    if not value or step is None:
        raise Stale("there is nothing to keep")
    given = {**pending.given, step.field: value}
    await wizard.go_on(query, ctx, state, pending.next(given=given, step=pending.step + 1))


async def use_made(query: CallbackQuery, callback_data: cb.UseMade, ctx: Context, state: FSMContext) -> None:
    """Take what was made for the owner; the message that shows it becomes the next screen."""
    pending = await memory.load(ctx, state, callback_data.turn)
    step = pending.asks(ctx)
    if step is None or step.make is None:
        raise Stale("nothing was made here")
    await wizard.go_on(query, ctx, state, pending.next(step=pending.step + 1))


async def step_back(
    query: CallbackQuery, callback_data: cb.StepBack, ctx: Context, state: FSMContext
) -> None:
    """Ask the step before again; before the first one stands the choice of the way."""
    pending = await memory.load(ctx, state, callback_data.turn)
    if pending.step == 0:
        await state.clear()
        await show(query, ctx.bot, await platform_or_way(ctx, pending.product, pending.platform))
        return
    step = pending.step - 1
    back = pending.next(step=step, name="", rights=(), said=pending.said if step else "")
    await show(query, ctx.bot, await wizard.ask(ctx, state, back))


async def look_again(
    query: CallbackQuery, callback_data: cb.LookAgain, ctx: Context, state: FSMContext
) -> None:
    """Ask the platform once more."""
    pending = await memory.load(ctx, state, callback_data.turn)
    await wizard.go_on(query, ctx, state, pending.next())


async def wait(message: Message, ctx: Context, state: FSMContext) -> None:
    """Something was written while the platform is asked, or while a button is waited for."""
    pending = await memory.load(ctx, state)
    if await state.get_state() == ConnectForm.working.state:
        await show(message, ctx.bot, view.looking(ctx.t))
        return
    log.info("wizard_waits_for_a_button", platform=pending.platform)
    screen = await wizard.redraw(ctx, state)
    if screen is not None:
        await show(message, ctx.bot, screen.noticed(ctx.t("connect-needs-button")))


def _origin(message: Message) -> str | None:
    """Return the number of the chat a message was forwarded from."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        return str(origin.chat.id)
    if isinstance(origin, MessageOriginChat):
        return str(origin.sender_chat.id)
    return None
