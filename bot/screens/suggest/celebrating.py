"""What does "make a post of it" under a milestone do? A draft with the facts, written out by AI where there is one."""

import uuid
from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.screens.draft.card import place_of, send_card
from bot.screens.draft.writing import Wish, write_into, writing
from bot.screens.suggest.callbacks import MakePost
from bot.ui import format as fmt
from bot.ui.screen import send
from core.analytics import celebrating
from core.channels import service as channels
from core.notifications import service as notifications
from core.platforms.registry import title_of


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="celebrate")
    screen.callback_query.register(make_post, MakePost.filter())
    return screen


async def make_post(query: CallbackQuery, callback_data: MakePost, ctx: Context) -> None:
    """Make the draft, once; a second tap shows the one there is. The notification stays as it is."""
    idea = await _idea(ctx, callback_data)
    # Saved before anything else happens: whatever fails later, the draft is there.
    async with ctx.runtime.unit_of_work() as session:
        draft, new = await celebrating.draft_of(session, callback_data.notification, idea)
    if not new:
        await send_card(place_of(ctx), draft.id)
        return
    wish = Wish(content_id=draft.id, version=draft.version, product_id=draft.product_id, idea=idea)
    waiting = await send(ctx.bot, ctx.chat_id, writing(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=waiting.message_id))


async def _idea(ctx: Context, about: MakePost) -> str:
    """Say the facts in the owner's words: what the model may use, and what stands there when there is none."""
    async with ctx.runtime.unit_of_work() as session:
        payload = (await notifications.get(session, about.notification)).payload
        channel = await channels.get(session, uuid.UUID(str(payload["channel_id"])))
    return ctx.t.label(
        f"celebrate-idea-{payload['what']}",
        milestone=fmt.number(ctx.t, payload["milestone"]),
        name=channel.platform_name or channel.platform,
        platform=title_of(channel.platform, ctx.runtime.platforms),
    )
