"""What do /settings and its buttons do?"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.settings import callbacks as cb
from bot.screens.settings import loading, view
from bot.screens.settings.fields import Code, Section
from bot.screens.settings.saving import save
from bot.ui.screen import show
from core.ai import offering
from core.errors import Stale
from core.notifications import policy
from core.products.voice_fields import mark_of
from core.settings import service as settings


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="settings")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(open_settings, Command("settings"))
    screen.callback_query.register(open_settings, cb.OpenSettings.filter())
    screen.callback_query.register(open_section, cb.OpenSection.filter())
    screen.callback_query.register(open_one, cb.OpenSetting.filter())
    screen.callback_query.register(set_value, cb.SetSetting.filter())
    screen.callback_query.register(set_model, cb.SetModel.filter())
    screen.callback_query.register(open_platforms, cb.OpenPlatforms.filter())
    screen.callback_query.register(open_platform, cb.OpenPlatform.filter())
    screen.callback_query.register(limit_platform, cb.LimitPlatform.filter())
    screen.callback_query.register(switch_kind, cb.SwitchKind.filter())
    screen.callback_query.register(open_elsewhere, cb.OpenElsewhere.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: object, ctx: Context) -> None:
    """Draw the settings as they are now."""
    await show(query, ctx.bot, (await loading.overview_screen(ctx)).noticed(ctx.t("settings-stale")))


async def open_settings(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show all settings; whatever was being typed is left."""
    await state.clear()
    await show(event, ctx.bot, await loading.overview_screen(ctx))


async def open_section(
    query: CallbackQuery, callback_data: cb.OpenSection, ctx: Context, state: FSMContext
) -> None:
    """Show one group."""
    await state.clear()
    await show(query, ctx.bot, await loading.section_screen(ctx, callback_data.section))


async def open_one(
    query: CallbackQuery, callback_data: cb.OpenSetting, ctx: Context, state: FSMContext
) -> None:
    """Show one setting; it is also the way back from its question."""
    await state.clear()
    model = await loading.load(ctx, callback_data.code)
    await show(query, ctx.bot, view.one(model, callback_data.code, ctx.t, callback_data.offset))


async def set_value(query: CallbackQuery, callback_data: cb.SetSetting, ctx: Context) -> None:
    """Take one of the offered values."""
    model = await loading.load(ctx)
    spec = model.spec(callback_data.code)
    if callback_data.number >= len(spec.offered):
        raise Stale("this value is not offered any more", code=callback_data.code.value)
    value = spec.offered[callback_data.number]
    await show(query, ctx.bot, await save(ctx, callback_data.code, spec, value))


async def set_model(query: CallbackQuery, callback_data: cb.SetModel, ctx: Context) -> None:
    """Take one of the offered models; another provider's list is stale."""
    code = callback_data.code
    model = await loading.load(ctx)
    offered = offering.offers(ctx.runtime.settings, model.ai)
    name = next((each.name for each in offered if mark_of(each.name) == callback_data.mark), None)
    if code not in {Code.MODEL, Code.FALLBACK} or name is None:
        raise Stale("this model is not offered any more", code=code.value)
    await show(query, ctx.bot, await save(ctx, code, model.spec(code), name))


async def open_platforms(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show the limits by platform."""
    await state.clear()
    await show(query, ctx.bot, await loading.platforms_screen(ctx))


async def open_platform(
    query: CallbackQuery, callback_data: cb.OpenPlatform, ctx: Context, state: FSMContext
) -> None:
    """Show one platform's limit."""
    await state.clear()
    slug = await loading.platform_marked(ctx, callback_data.platform)
    await show(query, ctx.bot, await loading.platform_screen(ctx, slug))


async def limit_platform(query: CallbackQuery, callback_data: cb.LimitPlatform, ctx: Context) -> None:
    """Set one platform's limit."""
    slug = await loading.platform_marked(ctx, callback_data.platform)
    async with ctx.runtime.unit_of_work() as session:
        await settings.limit_platform(session, slug, callback_data.most or None)
    await show(query, ctx.bot, await loading.platforms_screen(ctx))


async def switch_kind(query: CallbackQuery, callback_data: cb.SwitchKind, ctx: Context) -> None:
    """Tell of a kind of news, or not any more. Trouble is always told."""
    kind = callback_data.kind
    if kind not in policy.SWITCHABLE:
        raise Stale("this kind of news is always told", kind=kind.value)
    async with ctx.runtime.unit_of_work() as session:
        await settings.switch(session, kind.value, on=callback_data.on)
    await show(query, ctx.bot, await loading.section_screen(ctx, Section.NEWS))


async def open_elsewhere(query: CallbackQuery, ctx: Context) -> None:
    """Show what is set in the environment."""
    await show(query, ctx.bot, await loading.elsewhere_screen(ctx))
