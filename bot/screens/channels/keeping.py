"""How is a channel kept? Proved once more, with a test post where it is wanted, and only then saved."""

from functools import partial

import structlog
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.screens.channels import callbacks as cb
from bot.screens.channels import connect_view as view
from bot.screens.channels import pending as memory
from bot.screens.channels import wizard
from bot.screens.channels.card import tested_screen
from bot.screens.channels.pending import Pending
from bot.screens.channels.states import ConnectForm
from bot.screens.channels.words import trouble
from bot.screens.welcome.progress import after_channel
from bot.ui.screen import edit, show
from core.channels import connecting, trying
from core.errors import NexusError, OutcomeUnknown, Stale
from core.platforms.base import Sent

log = structlog.get_logger(__name__)


async def keep_tested(
    query: CallbackQuery, callback_data: cb.KeepTested, ctx: Context, state: FSMContext
) -> None:
    """Send a test post, and keep the channel when it arrives."""
    await _keep_later(query, ctx, state, callback_data.turn, test=True)


async def keep_untested(
    query: CallbackQuery, callback_data: cb.KeepUntested, ctx: Context, state: FSMContext
) -> None:
    """Keep the channel as it was found."""
    await _keep_later(query, ctx, state, callback_data.turn, test=False)


async def _keep_later(
    query: CallbackQuery, ctx: Context, state: FSMContext, turn: int, *, test: bool
) -> None:
    pending = await memory.load(ctx, state, turn)
    if await state.get_state() != ConnectForm.found.state or not pending.name:
        raise Stale("no account was found yet")
    # The turn goes on before the test post leaves: a second tap on the same button is one of an earlier screen.
    working = pending.next()
    await memory.save(ctx, state, working, ConnectForm.working)
    message_id = await show(query, ctx.bot, view.testing(ctx.t) if test else view.looking(ctx.t))
    ctx.afterwards.append(partial(_keep, ctx, state, working, message_id, test=test))


async def _keep(ctx: Context, state: FSMContext, pending: Pending, message_id: int, *, test: bool) -> None:
    sent: Sent | None = None
    try:
        found = await wizard.examine(ctx, pending)
        if test:
            target = connecting.target_of(ctx.runtime, found)
            sent = await trying.send(found.platform, target, ctx.t.label("channel-test-text"))
        async with ctx.runtime.unit_of_work() as session:
            channel = await connecting.keep(session, ctx.runtime, pending.product, found)
    except OutcomeUnknown as error:
        # The post may stand in the channel: whoever looks can keep the channel without another one.
        await _found_again(ctx, state, pending, message_id, error)
        return
    except NexusError as error:
        log.info("channel_not_kept", platform=pending.platform, reason=str(error))
        screen = await wizard.refuse(ctx, state, pending, error)
        if screen is not None:
            await edit(ctx.bot, ctx.chat_id, message_id, screen)
        return
    if await memory.goes_on(ctx, state, pending):
        await state.clear()
    screen = await tested_screen(ctx, channel.id, sent)
    said = ctx.t(
        "channel-connected-tested" if sent else "channel-connected", name=channel.platform_name or ""
    )
    await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(said))
    await after_channel(ctx)


async def _found_again(
    ctx: Context, state: FSMContext, pending: Pending, message_id: int, error: OutcomeUnknown
) -> None:
    if not await memory.goes_on(ctx, state, pending):
        return
    shown = pending.next()
    await memory.save(ctx, state, shown, ConnectForm.found)
    screen = await wizard.found_screen(ctx, shown)
    await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(trouble(error, pending.platform, ctx.t)))
