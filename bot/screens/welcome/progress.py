"""Where does the first run stand, and what is its screen? Loaded and drawn in one place."""

from aiogram.fsm.context import FSMContext

from bot.context import Context
from bot.screens.home import view as home_view
from bot.screens.welcome import view
from bot.screens.welcome.states import WelcomeForm
from bot.ui.screen import Screen, send
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.errors import NotFound
from core.products import service as products
from core.products.models import Product
from core.settings import first_run
from core.settings import service as settings
from core.settings.first_run import FirstRun, Step


async def standing(ctx: Context) -> FirstRun | None:
    """Return where the first run stands; None when it is over or was never needed."""
    async with ctx.runtime.unit_of_work() as session:
        used = await products.count(session) + await products.count(session, archived=True)
        return await first_run.stands_at(session, empty=used == 0)


async def open_at(ctx: Context, state: FSMContext, step: Step) -> Screen:
    """Stand at ``step`` and return its screen; a step that has nothing to ask gives way to the next."""
    async with ctx.runtime.unit_of_work() as session:
        stored = await settings.get(session, FirstRun)
        general = await settings.get(session, settings.General)
        made = await _made(ctx, stored)
    if made is None and step in {Step.DESCRIPTION, Step.CHANNEL}:
        step = Step.DONE
    async with ctx.runtime.unit_of_work() as session:
        await first_run.go_to(session, step)
    await state.clear()
    match step:
        case Step.LANGUAGE:
            return home_view.languages(way_back=None)
        case Step.ZONE:
            await state.set_state(WelcomeForm.zone)
            return view.zone_question(ctx.t, general.zone, ctx.now)
        case Step.PRODUCT:
            await state.set_state(WelcomeForm.product)
            return view.product_question(ctx.t, made)
    if made is not None and step is Step.DESCRIPTION:
        await state.set_state(WelcomeForm.description)
        return view.description_question(ctx.t, made, products.DESCRIPTION_LIMIT)
    if made is not None and step is Step.CHANNEL:
        return view.channel_question(ctx.t, made)
    return await done_screen(ctx, made)


async def done_screen(ctx: Context, made: Product | None) -> Screen:
    """Say that the first run is over."""
    connected = False
    if made is not None:
        async with ctx.runtime.unit_of_work() as session:
            own = await channels.list_for_product(session, made.id)
        connected = any(channel.status == ChannelStatus.ACTIVE for channel in own)
    back = Step.CHANNEL if made is not None and not connected else Step.PRODUCT
    return view.done(ctx.t, product=made.name if made else None, channel=connected, back=back)


async def after_channel(ctx: Context) -> None:
    """A channel has been connected: where the first run stood there, it is over."""
    stored = await standing(ctx)
    if stored is None or stored.step is not Step.CHANNEL:
        return
    async with ctx.runtime.unit_of_work() as session:
        await first_run.go_to(session, Step.DONE)
    await send(ctx.bot, ctx.chat_id, await done_screen(ctx, await _made(ctx, stored)))


async def _made(ctx: Context, stored: FirstRun) -> Product | None:
    """Return the product of the first run, if it is still in use."""
    if stored.product is None:
        return None
    async with ctx.runtime.unit_of_work() as session:
        try:
            made = await products.get(session, stored.product)
        except NotFound:
            return None
    return made if made.archived_at is None else None
