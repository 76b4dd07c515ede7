"""What when the owner adds our bot to a channel or a group, or takes it out? It is offered, or told, in the owner's chat."""

from typing import Final

import structlog
from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from bot.context import Context
from bot.screens.channels import connect_view as view
from bot.screens.channels.card import channel_screen
from bot.ui.screen import Screen, send
from core.channels import connecting
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.products import service as products

log = structlog.get_logger(__name__)

_OFFERED = 8  # products on the question
_INSIDE: Final = {
    ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER, ChatMemberStatus.RESTRICTED,
}  # fmt: skip


def router() -> Router:
    """Return the handlers; what happens in the private chat itself is the home screen's."""
    screen = Router(name="membership")
    screen.my_chat_member.register(membership, F.chat.type != ChatType.PRIVATE)
    return screen


async def membership(event: ChatMemberUpdated, ctx: Context) -> None:
    """Offer to connect the chat; a channel that is connected already is only looked at when something is wrong."""
    inside = event.new_chat_member.status in _INSIDE
    own = connecting.own_bot_way(ctx.runtime)
    if own is None:
        return
    slug = own[0].slug
    async with ctx.runtime.unit_of_work() as session:
        known = await connecting.known_as(session, ctx.runtime, slug, str(event.chat.id))
        if not known and event.chat.username:
            known = await connecting.known_as(session, ctx.runtime, slug, f"@{event.chat.username}")
        working = [channel for channel in known if channel.status == ChannelStatus.ACTIVE]
        if not inside:
            for channel in working:
                await channels.mark_error(session, channel.id, "the bot was removed from the channel")
    connected = [channel for channel in known if channel.status != ChannelStatus.DISCONNECTED]
    log.info(
        "bot_membership", status=event.new_chat_member.status, chat_type=event.chat.type, known=len(known)
    )
    if not inside:
        for channel in working:
            screen = await channel_screen(ctx, channel.id)
            await send(ctx.bot, ctx.chat_id, screen.noticed(ctx.t("connect-bot-removed")))
        return
    if connected:
        for channel in connected:
            if channel.status == ChannelStatus.ERROR:
                screen = await channel_screen(ctx, channel.id)
                await send(ctx.bot, ctx.chat_id, screen.noticed(ctx.t("connect-rights-changed")))
        return
    await send(ctx.bot, ctx.chat_id, await _offer(event, ctx))


async def _offer(event: ChatMemberUpdated, ctx: Context) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
    # The current product first: it is the likeliest.
    active.sort(key=lambda product: product.id != ctx.product_id)
    offers = [view.Offer(product.id, product.name) for product in active[:_OFFERED]]
    group = event.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}
    return view.offer(event.chat.title or "", event.chat.id, offers, ctx.t, group=group)
