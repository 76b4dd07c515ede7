"""What do the buttons of a repeat do? Rhythm and hour are carried by the buttons; the last one starts it."""

import uuid

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.draft.handlers import redraw_stale
from bot.screens.repeat import callbacks as cb
from bot.screens.repeat import view
from bot.screens.repeat.states import RepeatForm
from bot.screens.settings.typed import clock
from bot.ui import form
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.content import repeats
from core.content import service as content
from core.content.repeats import Repeated
from core.errors import NotFound
from core.settings import cron
from core.settings import service as settings
from core.settings.cron import Rhythm

_PAGE = 8
_DATES = 3  # shown before it counts


def router() -> Router:
    """Return the handlers of the choosing, whose stale taps draw the card."""
    screen = Router(name="repeat")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask, cb.AskRepeat.filter())
    screen.callback_query.register(ask_day, cb.AskDay.filter())
    screen.callback_query.register(ask_hour, cb.AskHour.filter())
    screen.callback_query.register(ask_typed, cb.TypeHour.filter())
    screen.callback_query.register(look, cb.LookAtRepeat.filter())
    screen.callback_query.register(start, cb.StartRepeat.filter())
    screen.message.register(take_hour, RepeatForm.hour, ~F.text.startswith("/"))
    return screen


async def ask(query: CallbackQuery, callback_data: cb.AskRepeat, ctx: Context, state: FSMContext) -> None:
    """Ask how often."""
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        existing = await repeats.of_content(session, found.id)
    known = Repeated(existing, found) if existing is not None else None
    await show(query, ctx.bot, view.ask(found.number, callback_data, ctx.t, existing=known))


async def ask_day(query: CallbackQuery, callback_data: cb.AskDay, ctx: Context) -> None:
    """Ask for the day."""
    await _current(ctx, callback_data)
    await show(query, ctx.bot, view.ask_day(callback_data, ctx.t))


async def ask_hour(query: CallbackQuery, callback_data: cb.AskHour, ctx: Context, state: FSMContext) -> None:
    """Ask for the time of day."""
    await state.clear()
    await _current(ctx, callback_data)
    await show(query, ctx.bot, view.ask_hour(callback_data, ctx.t, ctx.zone, ctx.now))


async def ask_typed(
    query: CallbackQuery, callback_data: cb.TypeHour, ctx: Context, state: FSMContext
) -> None:
    """Wait for a typed time of day."""
    await _current(ctx, callback_data)
    about = callback_data
    await form.wait_for(
        state,
        RepeatForm.hour,
        content=about.content.hex,
        version=about.version,
        every=about.every.value,
        day=about.day,
    )
    await show(query, ctx.bot, view.ask_typed(callback_data, ctx.t))


async def take_hour(message: Message, ctx: Context, state: FSMContext) -> None:
    """Read the typed time and say it back; what is none is asked for again."""
    typed = form.typed_text(message, limit=20)
    at = clock(typed)
    if at is None:
        raise Refusal("repeat-bad-hour")
    kept = await state.get_data()
    await state.clear()
    about = cb.LookAtRepeat(
        content=uuid.UUID(kept["content"]),
        version=int(kept["version"]),
        every=cb.Every(kept["every"]),
        day=int(kept["day"]),
        minutes=at.hour * 60 + at.minute,
    )
    await show(message, ctx.bot, await _look(ctx, about))


async def look(query: CallbackQuery, callback_data: cb.LookAtRepeat, ctx: Context) -> None:
    """Say it back with the next dates."""
    await show(query, ctx.bot, await _look(ctx, callback_data))


async def start(query: CallbackQuery, callback_data: cb.StartRepeat, ctx: Context) -> None:
    """Approve the version for every time, and repeat it."""
    async with ctx.runtime.unit_of_work() as session:
        general = await settings.get(session, settings.General)
        made = await repeats.start(
            session,
            callback_data.content,
            version=callback_data.version,
            line=_rhythm(callback_data).cron(),
            zone_name=general.timezone,
            now=ctx.now,
        )
        item = await repeats.get(session, made.id)
    message_id = query.message.message_id if query.message else None
    said = ctx.t("repeat-started", rhythm=view.words(item.schedule, ctx.t))
    await redraw_card(place_of(ctx), callback_data.content, notice=said, message_id=message_id)


def _rhythm(wish: cb.LookAtRepeat | cb.StartRepeat) -> Rhythm:
    return view.rhythm_of(wish.every, wish.day, wish.minutes)


async def _current(ctx: Context, about: cb.OfPost) -> int:
    """Return the post's number. Raises ``Stale`` when it has another version by now."""
    async with ctx.runtime.unit_of_work() as session:
        return (await content.at_version(session, about.content, about.version)).number


async def _look(ctx: Context, about: cb.LookAtRepeat) -> Screen:
    number = await _current(ctx, about)
    async with ctx.runtime.unit_of_work() as session:
        general = await settings.get(session, settings.General)
    line = _rhythm(about).cron()
    schedule = cron.read({"cron": line, "timezone": general.timezone}, ctx.zone)
    wish = view.Wish(number, about.version, schedule, repeats.upcoming(schedule, ctx.now, _DATES))
    return view.look(about, wish, ctx.t, ctx.zone, ctx.now)


async def repeats_screen(ctx: Context, offset: int) -> Screen:
    """Load and draw a page of the list."""
    async with ctx.runtime.unit_of_work() as session:
        total = await repeats.count(session)
        offset = clamp(offset, _PAGE, total)
        found = await repeats.list_page(session, offset=offset, limit=_PAGE)
    return view.repeats(found, Page(offset, _PAGE, total), ctx.t, ctx.zone, ctx.now)


async def repeat_screen(ctx: Context, repeat_id: uuid.UUID) -> Screen:
    """Load and draw one repeat; the list when it has ended."""
    try:
        async with ctx.runtime.unit_of_work() as session:
            item = await repeats.get(session, repeat_id)
    except NotFound:
        return (await repeats_screen(ctx, 0)).noticed(ctx.t("repeat-gone"))
    dates = [item.repeat.next_at, *repeats.upcoming(item.schedule, item.repeat.next_at, _DATES - 1)]
    return view.one(item, dates, ctx.t, ctx.zone, ctx.now)
