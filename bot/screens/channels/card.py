"""Where do the channels screens get what they show? The list, one channel, and its settings, loaded in one place each."""

import uuid

from bot.context import Context
from bot.screens.channels import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen
from core.channels import queries, trying
from core.channels.queries import ChannelView
from core.platforms.base import Sent
from core.platforms.registry import get_platform, title_of

_PAGE = 6
_DIGITS = 19  # of a post's number that a button can carry


async def channels_screen(ctx: Context, offset: int = 0) -> Screen:
    """Load and draw a page of the channels."""
    async with ctx.runtime.unit_of_work() as session:
        _, total = await queries.list_page(session, limit=0)
        offset = clamp(offset, _PAGE, total)
        lines, total = await queries.list_page(session, offset=offset, limit=_PAGE)
    titles = {line.platform: title_of(line.platform, ctx.runtime.platforms) for line in lines}
    return view.channels(lines, titles, Page(offset, _PAGE, total), ctx.t, ctx.now)


async def load(ctx: Context, channel_id: uuid.UUID) -> ChannelView:
    """Load one channel. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        return await queries.details(session, channel_id)


async def channel_screen(ctx: Context, channel_id: uuid.UUID) -> Screen:
    """Load and draw one channel. Raises ``NotFound``."""
    line = await load(ctx, channel_id)
    platform = ctx.runtime.platforms.get(line.platform)
    testable = platform is not None and trying.takes_text(platform)
    return view.channel(
        line, title_of(line.platform, ctx.runtime.platforms), ctx.t, ctx.now, testable=testable
    )


async def tested_screen(ctx: Context, channel_id: uuid.UUID, sent: Sent | None) -> Screen:
    """Draw the channel with its fresh test post, if there is one."""
    if sent is None:
        return await channel_screen(ctx, channel_id)
    line = await load(ctx, channel_id)
    platform = ctx.runtime.platforms[line.platform]
    number = sent.post_ids[0] if sent.post_ids else ""
    # An id that is no number cannot travel in a button; then the post is taken down by hand, where its link leads.
    carried = number.isascii() and number.isdigit() and len(number) <= _DIGITS and platform.delete is not None
    return view.tested(line, platform.title, sent.url, int(number) if carried else None, ctx.t, ctx.now)


async def settings_screen(ctx: Context, channel_id: uuid.UUID) -> Screen:
    """Load and draw the channel's settings. Raises ``NotFound``, ``Unsupported``."""
    line = await load(ctx, channel_id)
    return view.settings(line, get_platform(line.platform).choices, ctx.t)
