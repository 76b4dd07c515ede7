"""What do /pause, /resume and their buttons do?"""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.screens.automations.loading import automation_screen
from bot.screens.pause import callbacks as cb
from bot.screens.pause import view
from bot.screens.pause.naming import Named, find, is_everything
from bot.ui.callbacks import Callback
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.automations import service as automations
from core.errors import Stale
from core.products import service as products
from core.publications import pausing, queries
from core.publications.pausing import Resumed
from core.settings import service as settings
from core.settings.service import Publishing

_PAGE = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="pause")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(command_pause, Command("pause"))
    screen.message.register(command_resume, Command("resume"))
    screen.callback_query.register(open_pause, cb.OpenPause.filter())
    screen.callback_query.register(pause_everything, cb.PauseEverything.filter())
    screen.callback_query.register(resume_everything, cb.ResumeEverything.filter())
    screen.callback_query.register(pause_one, cb.PauseOne.filter())
    screen.callback_query.register(resume_one, cb.ResumeOne.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: Callback, ctx: Context) -> None:
    """Show what is paused now."""
    await show(query, ctx.bot, (await pause_screen(ctx)).noticed(ctx.t("pause-stale")))


async def open_pause(
    query: CallbackQuery, callback_data: cb.OpenPause, ctx: Context, state: FSMContext
) -> None:
    """Show what is paused."""
    await state.clear()
    await show(query, ctx.bot, await pause_screen(ctx, callback_data.offset))


async def command_pause(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Pause what is named; without a name, offer the switches."""
    await state.clear()
    await _by_command(message, ctx, (command.args or "").strip(), pause=True)


async def command_resume(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Let what is named go on; without a name, offer the switches."""
    await state.clear()
    await _by_command(message, ctx, (command.args or "").strip(), pause=False)


async def pause_everything(query: CallbackQuery, ctx: Context) -> None:
    """Hold all publishing."""
    await show(query, ctx.bot, await _pause_everything(ctx))


async def resume_everything(query: CallbackQuery, callback_data: cb.ResumeEverything, ctx: Context) -> None:
    """Let publishing go on, if it is the pause that was shown."""
    await show(query, ctx.bot, await _resume_everything(ctx, callback_data.since))


async def pause_one(query: CallbackQuery, callback_data: cb.PauseOne, ctx: Context) -> None:
    """Hold one product."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
        await products.pause(session, product.id, now=ctx.now)
    notice = ctx.t("pause-done-one", name=product.name)
    await show(query, ctx.bot, (await pause_screen(ctx)).noticed(notice))


async def resume_one(query: CallbackQuery, callback_data: cb.ResumeOne, ctx: Context) -> None:
    """Let one product go on, if it is the pause that was shown."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
        if view.seconds(product.paused_at) != callback_data.since:
            raise Stale("the product is not paused, or has been paused anew", product_id=product.id)
        resumed = await pausing.resume_product(session, product.id, since=product.paused_at, now=ctx.now)
    said = _resumed(ctx, ctx.t("pause-resumed-one", name=product.name), resumed)
    await show(query, ctx.bot, (await pause_screen(ctx)).noticed(said))


async def pause_screen(ctx: Context, offset: int = 0) -> Screen:
    """Load and draw the pause screen."""
    async with ctx.runtime.unit_of_work() as session:
        publishing = await settings.get(session, Publishing)
        total = await products.count(session)
        page = Page(clamp(offset, _PAGE, total), _PAGE, total)
        model = view.PauseModel(
            paused=publishing.paused,
            since=publishing.paused_at,
            waiting=(await queries.queue(session, limit=1)).total,
            products=[
                view.ProductState(product.id, product.name, product.paused_at)
                for product in await products.list_page(session, offset=page.offset, limit=_PAGE)
            ],
            page=page,
            automations=await automations.count(session),
        )
    return view.pause(model, ctx.t, ctx.zone)


async def _by_command(message: Message, ctx: Context, name: str, *, pause: bool) -> None:
    if not name:
        await show(message, ctx.bot, await pause_screen(ctx))
    elif is_everything(name):
        await show(message, ctx.bot, await _everything(ctx, pause=pause))
    else:
        found = await find(ctx, name)
        await show(message, ctx.bot, await _named(ctx, name, found, pause=pause))


async def _everything(ctx: Context, *, pause: bool) -> Screen:
    if pause:
        return await _pause_everything(ctx)
    async with ctx.runtime.unit_of_work() as session:
        publishing = await settings.get(session, Publishing)
    if not publishing.paused:
        return (await pause_screen(ctx)).noticed(ctx.t("pause-not-paused"))
    return await _resume_everything(ctx, view.seconds(publishing.paused_at))


async def _named(ctx: Context, name: str, found: Named, *, pause: bool) -> Screen:
    """Do it when the name is clear; ask or say what would work when it is not."""
    if not found.products and not found.automations:
        return (await pause_screen(ctx)).noticed(ctx.t("pause-unknown", name=name[:100]))
    if len(found.products) + len(found.automations) > 1:
        return view.which(found.products, found.automations, name, ctx.t)
    if found.automations:
        ((identifier, title),) = found.automations
        async with ctx.runtime.unit_of_work() as session:
            await automations.switch(session, identifier, on=not pause)
        key = "automation-switched-off" if pause else "automation-switched-on"
        return (await automation_screen(ctx, identifier)).noticed(ctx.t(key, name=title))
    (product,) = found.products
    if (product.paused_at is not None) is pause:
        key = "pause-already-one" if pause else "pause-not-paused-one"
        return (await pause_screen(ctx)).noticed(ctx.t(key, name=product.name))
    async with ctx.runtime.unit_of_work() as session:
        if pause:
            await products.pause(session, product.product_id, now=ctx.now)
            said = ctx.t("pause-done-one", name=product.name)
        else:
            resumed = await pausing.resume_product(session, product.product_id, now=ctx.now)
            said = _resumed(ctx, ctx.t("pause-resumed-one", name=product.name), resumed)
    return (await pause_screen(ctx)).noticed(said)


async def _pause_everything(ctx: Context) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        news = await pausing.pause_everything(session, now=ctx.now)
        underway = await pausing.underway(session)
    notice = ctx.t("pause-done" if news else "pause-already")
    if underway:
        notice = Markup(f"{notice}\n{ctx.t('pause-underway', n=underway)}")
    return (await pause_screen(ctx)).noticed(notice)


async def _resume_everything(ctx: Context, since: int) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        paused_at = (await settings.get(session, Publishing)).paused_at
        if view.seconds(paused_at) != since:
            raise Stale("publishing is not paused, or has been paused anew")
        resumed = await pausing.resume_everything(session, since=paused_at, now=ctx.now)
    return (await pause_screen(ctx)).noticed(_resumed(ctx, ctx.t("pause-resumed"), resumed))


def _resumed(ctx: Context, said: Markup, resumed: Resumed) -> Markup:
    lines = view.resumed_lines(resumed, ctx.t)
    return Markup(f"{said}\n{lines}") if lines else said
