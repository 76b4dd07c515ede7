"""What do the first run's buttons and answers do?"""

from collections.abc import Sequence
from dataclasses import astuple

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.origin import made_id
from bot.screens.home.handlers import home_screen
from bot.screens.welcome import view
from bot.screens.welcome.callbacks import GoTo, KeepZone, LikelyZone
from bot.screens.welcome.progress import open_at
from bot.screens.welcome.states import WelcomeForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.screen import show
from core.chats import service as chats
from core.errors import NotFound, Stale
from core.products import service as products
from core.settings import first_run, typed_zone
from core.settings import service as settings
from core.settings.first_run import FirstRun, Step
from core.settings.typed_zone import Meant
from core.settings.zones import parse_zone


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="welcome")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(go_to, GoTo.filter())
    screen.callback_query.register(take_likely_zone, LikelyZone.filter())
    screen.callback_query.register(keep_zone, KeepZone.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_zone, WelcomeForm.zone, not_a_command)
    screen.message.register(take_product, WelcomeForm.product, not_a_command)
    screen.message.register(take_description, WelcomeForm.description, not_a_command)
    return screen


async def redraw_stale(query: CallbackQuery, data: object, ctx: Context) -> None:
    """The words the button belonged to are gone: home is where everything can be set."""
    await show(query, ctx.bot, (await home_screen(ctx)).noticed(ctx.t("welcome-stale")))


async def go_to(query: CallbackQuery, callback_data: GoTo, ctx: Context, state: FSMContext) -> None:
    """Go on, back, or past a step."""
    await show(query, ctx.bot, await open_at(ctx, state, callback_data.step))


async def take_likely_zone(
    query: CallbackQuery, callback_data: LikelyZone, ctx: Context, state: FSMContext
) -> None:
    """Keep one of the zones that are offered at once; its time stood on the button."""
    offered = view.likely(ctx.t.language)
    if callback_data.place >= len(offered):
        raise Stale("there is no such zone")
    zone = offered[callback_data.place]
    await _keep(query, ctx, state, zone, fmt.place(ctx.t, zone))


async def take_zone(message: Message, ctx: Context, state: FSMContext) -> None:
    """Find the zone that the typed words mean, and show the time it is there."""
    text = form.typed_text(message, limit=typed_zone.LIMIT)
    meant = await typed_zone.read(text, ctx.now)
    if not meant:
        async with ctx.runtime.unit_of_work() as session:
            general = await settings.get(session, settings.General)
        question = view.zone_question(ctx.t, general.zone, ctx.now)
        await show(message, ctx.bot, question.noticed(ctx.t("welcome-zone-unknown", text=fmt.short(text))))
        return
    await state.set_data({"meant": [list(astuple(one)) for one in meant]})
    drawn = (
        view.zone_confirm(ctx.t, meant[0], ctx.now)
        if len(meant) == 1
        else view.zone_choice(ctx.t, meant, ctx.now)
    )
    await show(message, ctx.bot, drawn)


async def keep_zone(query: CallbackQuery, callback_data: KeepZone, ctx: Context, state: FSMContext) -> None:
    """Keep the zone the owner has said yes to."""
    meant: Sequence[Meant] = [Meant(*one) for one in (await state.get_data()).get("meant", [])]
    if callback_data.place >= len(meant):
        raise Stale("these words are answered already")
    chosen = meant[callback_data.place]
    await _keep(query, ctx, state, chosen.zone, view.called(ctx.t, chosen))


async def _keep(query: CallbackQuery, ctx: Context, state: FSMContext, zone: str, place: str) -> None:
    """Keep the zone; ``place`` is how the owner called it, which need not be the city the zone is named after."""
    async with ctx.runtime.unit_of_work() as session:
        await settings.change(session, settings.General, timezone=zone)
    screen = await open_at(ctx, state, Step.PRODUCT)
    time = fmt.clock(ctx.now, parse_zone(zone))
    kept = ctx.t("welcome-zone-kept", place=fmt.short(place, 100), zone=zone, time=time)
    await show(query, ctx.bot, screen.noticed(kept))


async def take_product(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add the first product, or, when the owner came back to this step, give it another name."""
    name = form.typed_text(message, limit=products.NAME_LIMIT)
    async with ctx.runtime.unit_of_work() as session:
        stored = await settings.get(session, FirstRun)
        try:
            if stored.product is None:
                raise NotFound
            product = await products.rename(session, stored.product, name)
        except NotFound:
            product = await products.create(session, name=name, product_id=made_id("product"))
            await chats.remember(session, ctx.chat_id, product_id=product.id)
            await first_run.go_to(session, Step.DESCRIPTION, product=product.id)
    await show(message, ctx.bot, await open_at(ctx, state, Step.DESCRIPTION))


async def take_description(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep what the product is."""
    description = form.typed_text(message, limit=products.DESCRIPTION_LIMIT)
    async with ctx.runtime.unit_of_work() as session:
        stored = await settings.get(session, FirstRun)
        if stored.product is None:
            raise Stale("the first run has no product")
        await products.describe(session, stored.product, description)
    await show(message, ctx.bot, await open_at(ctx, state, Step.CHANNEL))
