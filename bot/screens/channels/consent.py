"""What do the buttons around a consent page do? Another link, none at all, and the account that is meant."""

from functools import partial

import structlog
from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.channels import callbacks as cb
from bot.screens.channels import connect_view, consent_card, words
from bot.screens.channels import consent_view as view
from bot.screens.channels import pending as memory
from bot.screens.channels.card import channel_screen, channels_screen
from bot.screens.channels.pending import Pending
from bot.screens.welcome.progress import after_channel
from bot.ui.screen import Screen, edit, show
from core.channels import consenting, consents
from core.channels.models import ChannelConsent, ConsentStatus
from core.errors import NexusError, NotFound, Stale
from core.platforms.registry import title_of
from core.products import service as products

log = structlog.get_logger(__name__)


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="consent")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(renew, cb.RenewConsent.filter())
    screen.callback_query.register(drop, cb.DropConsent.filter())
    screen.callback_query.register(turn, cb.TurnAccounts.filter())
    screen.callback_query.register(pick, cb.PickAccount.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutConsent, ctx: Context) -> None:
    """Draw how the consent stands now."""
    consent = await _own(ctx, data)
    screen = (
        await _left(ctx, consent)
        if consent.status == ConsentStatus.DROPPED
        else await consent_card.draw(ctx.runtime, ctx.t, ctx.now, consent)
    )
    await show(query, ctx.bot, screen.noticed(ctx.t("channel-stale")))


async def _left(ctx: Context, consent: ChannelConsent) -> Screen:
    """Return where the owner stands without the consent."""
    return await (channel_screen(ctx, consent.channel_id) if consent.channel_id else channels_screen(ctx))


async def made(ctx: Context, state: FSMContext, pending: Pending, message_id: int) -> Screen | None:
    """Make a link for the wizard, whose part ends here; None when the owner has left meanwhile.

    Raises ``NexusError`` when the platform gives none.
    """
    link = await consenting.start(
        ctx.runtime, product_id=pending.product, platform=pending.platform, way=pending.way, given=pending.given,
        chat_id=ctx.chat_id, message_id=message_id,
    )  # fmt: skip
    if not await memory.goes_on(ctx, state, pending):
        async with ctx.runtime.unit_of_work() as session:
            await consents.drop(session, link.consent_id)
        return None
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        consent = await consents.get(session, link.consent_id)
    return await _link_screen(ctx, consent, link)


async def _link_screen(ctx: Context, consent: ChannelConsent, link: consenting.Link) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, consent.product_id)
    title = title_of(consent.platform, ctx.runtime.platforms)
    minutes = int(consents.LIFETIME.total_seconds()) // 60
    return view.open_link(link.consent_id, title, product.name, link.address, minutes, ctx.t)


async def _own(ctx: Context, data: cb.AboutConsent) -> ChannelConsent:
    async with ctx.runtime.unit_of_work() as session:
        consent = await consents.get(session, data.consent)
    if consent.chat_id != ctx.chat_id:
        raise NotFound("this consent belongs to another chat", consent_id=data.consent)
    return consent


async def renew(query: CallbackQuery, callback_data: cb.RenewConsent, ctx: Context) -> None:
    """Make another link in place of the one that was not used, has expired, or led nowhere."""
    consent = await _own(ctx, callback_data)
    async with ctx.runtime.unit_of_work() as session:
        latest = await consents.is_latest(session, consent)
    if not latest or consent.status in {ConsentStatus.DONE, ConsentStatus.CHOOSING}:
        raise Stale("this consent has been given, or another link asked for", consent_id=consent.id)
    message_id = await show(query, ctx.bot, connect_view.looking(ctx.t))
    ctx.afterwards.append(partial(_renew, ctx, consent, message_id))


async def _renew(ctx: Context, consent: ChannelConsent, message_id: int) -> None:
    try:
        link = await consenting.start(
            ctx.runtime, product_id=consent.product_id, platform=consent.platform, way=consent.way,
            given=consent.given, chat_id=ctx.chat_id, message_id=message_id,
        )  # fmt: skip
        screen = await _link_screen(ctx, consent, link)
    except NexusError as error:
        log.info("no_consent_link", platform=consent.platform, reason=error.code)
        screen = await consent_card.draw(ctx.runtime, ctx.t, ctx.now, consent)
        screen = screen.noticed(words.trouble(error, consent.platform, ctx.t))
    await edit(ctx.bot, ctx.chat_id, message_id, screen)


async def drop(query: CallbackQuery, callback_data: cb.DropConsent, ctx: Context) -> None:
    """Leave it: the link no longer works. Twice is once."""
    consent = await _own(ctx, callback_data)
    async with ctx.runtime.unit_of_work() as session:
        await consents.drop(session, consent.id)
    await show(query, ctx.bot, await _left(ctx, consent))


async def turn(query: CallbackQuery, callback_data: cb.TurnAccounts, ctx: Context) -> None:
    """Show the asked page of the accounts."""
    consent = await _own(ctx, callback_data)
    screen = await consent_card.draw(ctx.runtime, ctx.t, ctx.now, consent, callback_data.offset)
    await show(query, ctx.bot, screen)


async def pick(query: CallbackQuery, callback_data: cb.PickAccount, ctx: Context) -> None:
    """Connect the chosen account, once the chat is free."""
    consent = await _own(ctx, callback_data)
    if consent.status != ConsentStatus.CHOOSING:
        raise Stale("there is nothing to choose any more", consent_id=consent.id)
    message_id = await show(query, ctx.bot, connect_view.looking(ctx.t))
    ctx.afterwards.append(partial(_pick, ctx, consent, callback_data.place, message_id))


async def _pick(ctx: Context, consent: ChannelConsent, place: int, message_id: int) -> None:
    try:
        settled = await consenting.choose(ctx.runtime, consent.id, place)
    except NexusError as error:
        async with ctx.runtime.unit_of_work() as session:
            now_stands = await consents.get(session, consent.id)
        screen = await consent_card.draw(ctx.runtime, ctx.t, ctx.now, now_stands)
        said = (
            ctx.t("channel-stale")
            if isinstance(error, Stale)
            else words.trouble(error, consent.platform, ctx.t)
        )
        await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(said))
        return
    screen = await consent_card.draw(ctx.runtime, ctx.t, ctx.now, settled)
    await edit(ctx.bot, ctx.chat_id, message_id, screen)
    if settled.status == ConsentStatus.DONE:
        await after_channel(ctx)
