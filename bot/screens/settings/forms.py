"""What happens to what is typed about a setting? It is read and saved, or the question comes again and says why."""

from zoneinfo import available_timezones

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import reply_to
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.settings import callbacks as cb
from bot.screens.settings import loading, typed, view
from bot.screens.settings.fields import SPECS, Code, Shape
from bot.screens.settings.handlers import redraw_stale
from bot.screens.settings.saving import save
from bot.screens.settings.states import SettingsForm
from bot.screens.settings.words import name_of
from bot.ui import form
from bot.ui.screen import Screen, show
from core.errors import Stale
from core.platforms.registry import title_of
from core.products.voice_fields import mark_of
from core.settings import service as settings
from core.settings import typed_zone

_LIMIT = 200  # characters of any value


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="settings_forms")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask, cb.AskSetting.filter())
    screen.callback_query.register(ask_platform, cb.AskPlatform.filter())
    screen.callback_query.register(set_zone, cb.SetZone.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take, SettingsForm.value, not_a_command)
    screen.message.register(take_platform, SettingsForm.platform, not_a_command)
    return screen


async def ask(query: CallbackQuery, callback_data: cb.AskSetting, ctx: Context, state: FSMContext) -> None:
    """Ask for a value of one's own."""
    code = callback_data.code
    if not (await loading.load(ctx)).spec(code).typed:
        raise Stale("this setting is not typed", code=code.value)
    await form.wait_for(state, SettingsForm.value, code=code.value)
    await show(query, ctx.bot, _question(ctx, code))


async def take(message: Message, ctx: Context, state: FSMContext) -> None:
    """Save what was typed. What cannot be used changes nothing, and the question waits on."""
    code = Code((await state.get_data())["code"])
    spec = (await loading.load(ctx)).spec(code)
    try:
        text = form.typed_text(message, limit=_LIMIT)
        if spec.shape is Shape.ZONE:
            await _take_zone(message, ctx, state, text)
            return
        value = typed.read(spec, text)
    except Refusal as error:
        await show(message, ctx.bot, _question(ctx, code).noticed(reply_to(ctx.t, error)))
        return
    await state.clear()
    await show(message, ctx.bot, await save(ctx, code, spec, value))


async def _take_zone(message: Message, ctx: Context, state: FSMContext, text: str) -> None:
    """A city or an offset may mean several zones: then the owner chooses by what their clocks show."""
    found = await typed_zone.read(text, ctx.now)
    if not found:
        raise Refusal("settings-bad-zone")
    await state.clear()
    if len(found) > 1:
        await show(message, ctx.bot, view.zones(found, ctx.now, ctx.t))
        return
    spec = (await loading.load(ctx)).spec(Code.ZONE)
    await show(message, ctx.bot, await save(ctx, Code.ZONE, spec, found[0].zone))


async def set_zone(query: CallbackQuery, callback_data: cb.SetZone, ctx: Context) -> None:
    """Take the zone that was meant."""
    zone = next((name for name in available_timezones() if mark_of(name) == callback_data.mark), None)
    if zone is None:
        raise Stale("this zone is not known any more")
    spec = (await loading.load(ctx)).spec(Code.ZONE)
    await show(query, ctx.bot, await save(ctx, Code.ZONE, spec, zone))


async def ask_platform(
    query: CallbackQuery, callback_data: cb.AskPlatform, ctx: Context, state: FSMContext
) -> None:
    """Ask for one platform's limit."""
    slug = await loading.platform_marked(ctx, callback_data.platform)
    await form.wait_for(state, SettingsForm.platform, platform=slug)
    await show(query, ctx.bot, _platform_question(ctx, slug))


async def take_platform(message: Message, ctx: Context, state: FSMContext) -> None:
    """Save one platform's limit."""
    slug = str((await state.get_data())["platform"])
    try:
        most = typed.number(form.typed_text(message, limit=_LIMIT), 1, 1000, whole=True)
    except Refusal as error:
        await show(message, ctx.bot, _platform_question(ctx, slug).noticed(reply_to(ctx.t, error)))
        return
    async with ctx.runtime.unit_of_work() as session:
        await settings.limit_platform(session, slug, int(most))
    await state.clear()
    await show(message, ctx.bot, await loading.platforms_screen(ctx))


def _question(ctx: Context, code: Code) -> Screen:
    spec = SPECS[code]
    low, high = spec.bounds if spec.shape is Shape.NUMBER else (0, 0)
    shape = "optional" if spec.shape is Shape.NUMBER and spec.optional else spec.shape.value
    how = ctx.t(f"settings-how-{shape}", low=f"{low:g}", high=f"{high:g}")
    text = ctx.t("settings-ask", name=name_of(ctx.t, code), how=how)
    return form.question(ctx.t, text, cancel=cb.OpenSetting(code=code))


def _platform_question(ctx: Context, slug: str) -> Screen:
    text = ctx.t(
        "settings-ask",
        name=title_of(slug, ctx.runtime.platforms),
        how=ctx.t("settings-how-number", low="1", high="1000"),
    )
    return form.question(ctx.t, text, cancel=cb.OpenPlatform(platform=mark_of(slug)))
