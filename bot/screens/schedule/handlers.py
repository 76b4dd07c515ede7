"""What do the buttons of the time picker do?"""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft.card import place_of, redraw_card, redraw_everywhere
from bot.screens.draft.refused import choice
from bot.screens.queue.handlers import publication_screen
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule import grid, view
from bot.screens.schedule.callbacks import Subject
from bot.screens.schedule.states import ScheduleForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.screen import Screen, show
from core.analytics import audiences, best_times
from core.analytics.best_times import BestTime
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.content import service as content
from core.publications import calendar, queries, scheduling, slots, warnings
from core.publications.errors import NotFree
from core.text.when import Doubt, Moment, read_time

_TIME_LENGTH = 100  # UTF-16 units of a typed time
_OFFERED = 3  # good times on the picker
_TRIED = 20  # good times looked at for a post that is to go out at the best one


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="schedule")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(pick_time, cb.PickTime.filter())
    screen.callback_query.register(pick_month, cb.PickMonth.filter())
    screen.callback_query.register(pick_day, cb.PickDay.filter())
    screen.callback_query.register(pick_at, cb.PickAt.filter())
    screen.callback_query.register(ask_time, cb.TypeTime.filter())
    screen.callback_query.register(plan, cb.Plan.filter())
    screen.callback_query.register(plan_optimal, cb.PlanOptimal.filter())
    screen.callback_query.register(plan_slot, cb.PlanSlot.filter())
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
    best = await _best(ctx, about, _OFFERED)
    await show(query, ctx.bot, view.days(callback_data, best, ctx.t, ctx.zone, ctx.now))


async def pick_month(query: CallbackQuery, callback_data: cb.PickMonth, ctx: Context) -> None:
    """Show the days of a month."""
    about = await _about(ctx, callback_data)
    async with ctx.runtime.unit_of_work() as session:
        book = await calendar.load(session, about.product_id, ctx.now, but=about.content_id)
    posts = {(taken.content_id, taken.moment.astimezone(ctx.zone).date()) for taken in book.taken}
    busy = Counter(day for _, day in posts)
    await show(query, ctx.bot, grid.month(callback_data, busy, ctx.t, ctx.zone, ctx.now))


async def pick_day(query: CallbackQuery, callback_data: cb.PickDay, ctx: Context) -> None:
    """Show the hours of a day."""
    about = await _about(ctx, callback_data)
    async with ctx.runtime.unit_of_work() as session:
        free = await calendar.free(session, about.product_id, about.platforms, ctx.now, but=about.content_id)
    await show(query, ctx.bot, grid.hours(callback_data, free, ctx.t, ctx.zone, ctx.now))


async def pick_at(query: CallbackQuery, callback_data: cb.PickAt, ctx: Context, state: FSMContext) -> None:
    """Say the moment back; a typed time is no longer waited for."""
    await state.clear()
    await show(query, ctx.bot, await _echo(ctx, callback_data))


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
    await _about(ctx, opened)
    if isinstance(reading, Moment):
        await state.clear()
        chosen = cb.PickAt.model_validate(view.ids_of(opened) | {"at": int(reading.at.timestamp())})
        screen = await _echo(ctx, chosen)
    elif isinstance(reading, Doubt):
        screen = view.doubt(opened, reading, ctx.t, ctx.zone, ctx.now)
    else:
        screen = view.refused(opened, reading, ctx.t, ctx.zone, ctx.now)
    await show(message, ctx.bot, screen)


async def plan(query: CallbackQuery, callback_data: cb.Plan, ctx: Context) -> None:
    """Put it on the calendar. For a draft this tap is its approval too: it was shown and a time was confirmed."""
    moment = datetime.fromtimestamp(callback_data.at, UTC)
    if moment <= ctx.now:
        if await _is_planned(ctx, callback_data, moment):  # a tap that is answered once more
            await _redraw(query, ctx, callback_data, "")
            return
        raise Refusal("schedule-past", when=fmt.moment(ctx.t, moment, ctx.zone, ctx.now))
    when: scheduling.When = scheduling.At(moment)
    if callback_data.spread:
        when = scheduling.Distributed(moment, await _turns(ctx, callback_data, moment))
    try:
        async with ctx.runtime.unit_of_work() as session:
            if callback_data.subject is Subject.CONTENT:
                await content.approve(session, callback_data.id, version=callback_data.version, now=ctx.now)
                await scheduling.schedule(
                    session,
                    content_id=callback_data.id,
                    version=callback_data.version,
                    when=when,
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
    said = ctx.t("schedule-done", when=fmt.when(ctx.t, moment, ctx.zone, ctx.now))
    await _redraw(query, ctx, callback_data, said)


async def plan_optimal(query: CallbackQuery, callback_data: cb.PlanOptimal, ctx: Context) -> None:
    """Approve the version and put it on the calendar at the best time that is free."""
    about = await _about(ctx, callback_data)
    best = await _best(ctx, about, _TRIED)
    await _plan(query, ctx, callback_data, scheduling.Optimal(tuple(item.moment for item in best)))


async def plan_slot(query: CallbackQuery, callback_data: cb.PlanSlot, ctx: Context) -> None:
    """Approve the version and put it into the next free slot."""
    await _plan(query, ctx, callback_data, scheduling.NextFree())


async def _plan(query: CallbackQuery, ctx: Context, data: cb.About, when: scheduling.When) -> None:
    """Plan at a time the calendar chooses, and say which it is and what stands beside it."""
    async with ctx.runtime.unit_of_work() as session:
        await content.approve(session, data.id, version=data.version, now=ctx.now)
        planned = await scheduling.schedule(
            session, content_id=data.id, version=data.version, when=when, now=ctx.now
        )
        moment = planned[0].scheduled_at
        beside = await warnings.of_content(session, data.id, moment)
    notice = ctx.t("schedule-done", when=fmt.when(ctx.t, moment, ctx.zone, ctx.now))
    if beside:
        notice = Markup(f"{notice}\n{view.warnings_text(beside, ctx.t, ctx.zone, ctx.now)}")
    await _redraw(query, ctx, data, notice)


@dataclass(frozen=True, slots=True)
class _Named:
    """What gets the time."""

    title: str
    product_id: uuid.UUID
    content_id: uuid.UUID
    platforms: Collection[str]


async def _about(ctx: Context, data: cb.About) -> _Named:
    """Load what gets the time. Raises ``Stale`` when the draft has another version by now."""
    async with ctx.runtime.unit_of_work() as session:
        if data.subject is Subject.CONTENT:
            found = await content.at_version(session, data.id, data.version)
            connected = [
                channel.platform
                for channel in await channels.list_for_product(session, found.product_id)
                if channel.status != ChannelStatus.DISCONNECTED
            ]
            return _Named(f"#{found.number}", found.product_id, found.id, connected)
        item = await queries.details(session, data.id)
    title = f"#{item.content_number} · {item.channel_name}"
    return _Named(title, item.product_id, item.content_id, [item.platform])


async def _turns(ctx: Context, data: cb.About, start: datetime) -> tuple[str, ...]:
    """Return the platforms in the order in which their audiences are awake from ``start`` on."""
    about = await _about(ctx, data)
    async with ctx.runtime.unit_of_work() as session:
        return await audiences.order(session, about.product_id, about.platforms, start, ctx.zone)


async def _best(ctx: Context, about: _Named, count: int) -> list[BestTime]:
    async with ctx.runtime.unit_of_work() as session:
        free = await calendar.free(session, about.product_id, about.platforms, ctx.now, but=about.content_id)
        return await best_times.suggest(
            session, about.product_id, about.platforms, ctx.now, count, ctx.zone, allowed=free
        )


async def _is_planned(ctx: Context, data: cb.Plan, moment: datetime) -> bool:
    """Tell whether this very tap has put it there already."""
    async with ctx.runtime.unit_of_work() as session:
        if data.subject is not Subject.CONTENT:
            return (await queries.details(session, data.id)).scheduled_at == moment
        planned = await queries.of_contents(session, [data.id])
    return any(item.scheduled_at == moment for item in planned)


async def _echo(ctx: Context, data: cb.PickAt) -> Screen:
    about = await _about(ctx, data)
    moment = datetime.fromtimestamp(data.at, UTC)
    async with ctx.runtime.unit_of_work() as session:
        if data.subject is Subject.CONTENT:
            beside = await warnings.of_content(session, data.id, moment)
        else:
            beside = await warnings.of_publication(session, data.id, moment)
    picking = view.Picking(about.title, len(about.platforms), beside)
    return view.echo(data, picking, ctx.t, ctx.zone, ctx.now)


async def _redraw(query: CallbackQuery, ctx: Context, data: cb.About, notice: str) -> None:
    if data.subject is Subject.CONTENT:
        message_id = query.message.message_id if query.message else None
        await redraw_card(place_of(ctx), data.id, notice=notice, message_id=message_id)
        return
    screen, content_id = await publication_screen(ctx, data.id)
    await show(query, ctx.bot, screen.noticed(notice))
    await redraw_everywhere(ctx.runtime, ctx.bot, content_id)
