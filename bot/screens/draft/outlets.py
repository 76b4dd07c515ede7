"""Where does this post go out? Its platforms with a tick each; a tap makes a new version."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.i18n import Translator
from bot.middlewares.taps import RedrawStale
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import load_model, place_of
from bot.screens.draft.handlers import redraw_stale
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen, show
from core.content import outlets
from core.content import service as content
from core.content.queries import CardView
from core.errors import InvalidInput


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_outlets")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_outlets, cb.OpenOutlets.filter())
    screen.callback_query.register(switch, cb.SwitchOutlet.filter())
    return screen


async def open_outlets(query: CallbackQuery, callback_data: cb.OpenOutlets, ctx: Context) -> None:
    """Show the platforms in the card's place."""
    async with ctx.runtime.unit_of_work() as session:
        await content.at_version(session, callback_data.content, callback_data.version)
    model = await load_model(place_of(ctx), callback_data.content)
    await show(query, ctx.bot, view(model.card, ctx.t))


async def switch(query: CallbackQuery, callback_data: cb.SwitchOutlet, ctx: Context) -> None:
    """Switch one platform on or off; the last one stays on."""
    notice = ""
    try:
        async with ctx.runtime.unit_of_work() as session:
            await outlets.switch(
                session,
                callback_data.content,
                expected_version=callback_data.version,
                platform=callback_data.platform,
                on=callback_data.on,
            )
    except InvalidInput:
        notice = ctx.t("outlets-last")
    model = await load_model(place_of(ctx), callback_data.content)
    screen = view(model.card, ctx.t)
    await show(query, ctx.bot, screen.noticed(notice) if notice else screen)


def view(card: CardView, t: Translator) -> Screen:
    """Draw the choice."""
    rows = [
        button(
            f"{'☐' if channel.off else '☑️'} {channel.platform_title} · {fmt.short(channel.name, 30)}",
            cb.SwitchOutlet(
                content=card.content_id, version=card.version, platform=channel.platform, on=channel.off
            ),
        )
        for channel in card.channels
    ]
    text = t("outlets-title", number=str(card.number), on=len(card.outlets), total=len(card.channels))
    back = button(t.label("draft-back"), cb.OpenCard(content=card.content_id))
    return Screen.of(text, keyboard(*([row] for row in rows), [back]))
