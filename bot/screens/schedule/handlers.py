"""What do the buttons of the time picker do?"""

import uuid
from datetime import UTC, datetime
from typing import NamedTuple

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft.card import place_of, redraw_card, redraw_everywhere
from bot.screens.draft.refused import choice
from bot.screens.queue.handlers import publication_screen
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule import view
from bot.screens.schedule.callbacks import Subject
from bot.screens.schedule.states import ScheduleForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.screen import show
from core.content import service as content
from core.publications import queries, scheduling, slots
from core.publications.errors import NotFree
from core.text.when import Doubt, Moment, read_time

_TIME_LENGTH = 100  # UTF-16 units of a typed time


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="schedule")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(pick_time, cb.PickTime.filter())
    screen.callback_query.register(pick_day, cb.PickDay.filter())
    screen.callback_query.register(pick_at, cb.PickAt.filter())
    screen.callback_query.register(ask_time, cb.TypeTime.filter())
    screen.callback_query.register(plan, cb.Plan.filter())
    screen.callback_query.register(plan_optimal, cb.PlanOptimal.filter())
    screen.message.register(take_time, ScheduleForm.time, ~F.text.startswith("/"))
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.About, ctx: Context) -> None:
    """Draw what the picker was opened for as it is now."""
    await _redraw(query, ctx, data, ctx.t("draft-notice-stale"))


async def pick_time(
    query: CallbackQuery, callback_data: cb.PickTime, ctx: Context, state: FSMContext
) -> None:
    """Open the picker with suggestions."""
    await state.clear()
    about = await _about(ctx, callback_data)
    async with ctx.runtime.unit_of_work() as session:
        suggestions = await scheduling.suggest_times(session, about.product_id, ctx.now)
    await show(query, ctx.bot, view.days(callback_data, suggestions, ctx.t, ctx.zone, ctx.now))


async def pick_day(query: CallbackQuery, callback_data: cb.PickDay, ctx: Context) -> None:
    """Show the hours of a day."""
    await show(query, ctx.bot, view.hours(callback_data, ctx.t, ctx.zone, ctx.now))


async def pick_at(query: CallbackQuery, callback_data: cb.PickAt, ctx: Context, state: FSMContext) -> None:
    """Say the moment back; a typed time is no longer waited for."""
    await state.clear()
    about = await _about(ctx, callback_data)
    await show(query, ctx.bot, view.echo(callback_data, about.title, ctx.t, ctx.zone, ctx.now))


async def ask_time(query: CallbackQuery, callback_data: cb.TypeTime, ctx: Context, state: FSMContext) -> None:
    """Ask for the time in words."""
    kept = {
        "subject": callback_data.subject.value, "id": callback_data.id.hex, "version": callback_data.version,
    }  # fmt: skip
    await form.wait_for(state, ScheduleForm.time, **kept)
    back = cb.PickTime.model_validate(view.ids_of(callback_data))
    await show(query, ctx.bot, form.question(ctx.t, ctx.t("schedule-ask-time"), cancel=back))


async def take_time(message: Message, ctx: Context, state: FSMContext) -> None:
    """Read the typed time and say it back, or ask; while it asks, the next message is read as well."""
    typed = form.typed_text(message, limit=_TIME_LENGTH)
    reading = read_time(
        typed,
        now=ctx.now,
        zone=ctx.zone,
        language=ctx.t.language,
        horizon=slots.HORIZON,
        hours=slots.DEFAULT_HOURS,
    )
    kept = await state.get_data()
    opened = cb.PickTime(
        subject=Subject(kept["subject"]), id=uuid.UUID(kept["id"]), version=int(kept["version"])
    )
    about = await _about(ctx, opened)
    if isinstance(reading, Moment):
        await state.clear()
        chosen = cb.PickAt.model_validate(view.ids_of(opened) | {"at": int(reading.at.timestamp())})
        screen = view.echo(chosen, about.title, ctx.t, ctx.zone, ctx.now)
    elif isinstance(reading, Doubt):
        screen = view.doubt(opened, reading, ctx.t, ctx.zone, ctx.now)
    else:
        screen = view.refused(opened, reading, ctx.t, ctx.zone, ctx.now)
    await show(message, ctx.bot, screen)


async def plan(query: CallbackQuery, callback_data: cb.Plan, ctx: Context) -> None:
    """Put it on the calendar. For a draft this tap is its approval too: it was shown and a time was confirmed."""
    moment = datetime.fromtimestamp(callback_data.at, UTC)
    if moment <= ctx.now:
        raise Refusal("schedule-past", when=fmt.moment(ctx.t, moment, ctx.zone, ctx.now))
    try:
        async with ctx.runtime.unit_of_work() as session:
            if callback_data.subject is Subject.CONTENT:
                await content.approve(session, callback_data.id, version=callback_data.version, now=ctx.now)
                await scheduling.schedule(
                    session,
                    content_id=callback_data.id,
                    version=callback_data.version,
                    when=scheduling.At(moment),
                    now=ctx.now,
                    force=callback_data.force,
                )
            else:
                await scheduling.reschedule(
                    session, callback_data.id, moment=moment, now=ctx.now, force=callback_data.force
                )
    except NotFree as error:
        anyway = callback_data.model_copy(update={"force": True})
        label = ctx.t.label("schedule-anyway")
        await show(query, ctx.bot, choice(ctx, error, anyway, label, view.subject_of(callback_data)))
        return
    when = fmt.when(ctx.t, moment, ctx.zone, ctx.now)
    await _redraw(query, ctx, callback_data, ctx.t("schedule-done", when=when))


async def plan_optimal(query: CallbackQuery, callback_data: cb.PlanOptimal, ctx: Context) -> None:
    """Approve the version and put it on the next good hour."""
    async with ctx.runtime.unit_of_work() as session:
        await content.approve(session, callback_data.id, version=callback_data.version, now=ctx.now)
        planned = await scheduling.schedule(
            session,
            content_id=callback_data.id,
            version=callback_data.version,
            when=scheduling.Optimal(),
            now=ctx.now,
        )
    when = fmt.when(ctx.t, planned[0].scheduled_at, ctx.zone, ctx.now)
    await _redraw(query, ctx, callback_data, ctx.t("schedule-done", when=when))


class _Named(NamedTuple):
    title: str
    product_id: uuid.UUID


async def _about(ctx: Context, data: cb.About) -> _Named:
    """Load what gets the time. Raises ``Stale`` when the draft has another version by now."""
    async with ctx.runtime.unit_of_work() as session:
        if data.subject is Subject.CONTENT:
            found = await content.at_version(session, data.id, data.version)
            return _Named(f"#{found.number}", found.product_id)
        publication = await queries.details(session, data.id)
    return _Named(f"#{publication.content_number} · {publication.channel_name}", publication.product_id)


async def _redraw(query: CallbackQuery, ctx: Context, data: cb.About, notice: str) -> None:
    if data.subject is Subject.CONTENT:
        message_id = query.message.message_id if query.message else None
        await redraw_card(place_of(ctx), data.id, notice=notice, message_id=message_id)
        return
    screen, content_id = await publication_screen(ctx, data.id)
    await show(query, ctx.bot, screen.noticed(notice))
    await redraw_everywhere(ctx.runtime, ctx.bot, content_id)
