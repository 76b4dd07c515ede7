"""What do /week and the buttons of its plan do?"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.products.forms import ask_name
from bot.screens.week import callbacks as cb
from bot.screens.week import view
from bot.screens.week.loading import load_week, today
from bot.screens.week.states import WeekForm
from bot.screens.week.writing import write_week
from bot.ui import form
from bot.ui.screen import Screen, show
from core.content import weeks
from core.content.weeks import WeekPost
from core.errors import Stale
from core.products import finding
from core.products import service as products
from core.templates.kinds import PostKind


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="week")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(open_command, Command("week"))
    on = screen.callback_query.register
    on(plan_week, cb.PlanWeek.filter())
    on(open_plan, cb.OpenPlan.filter())
    on(set_count, cb.SetCount.filter())
    on(open_post, cb.OpenPost.filter())
    on(set_kind, cb.SetKind.filter())
    on(set_day, cb.SetDay.filter())
    on(ask_thought, cb.AskThought.filter())
    on(forget_thought, cb.ForgetThought.filter())
    on(remove_post, cb.RemovePost.filter())
    on(write, cb.WriteWeek.filter())
    on(stop, cb.StopWriting.filter())
    screen.message.register(take_thought, WeekForm.thought, ~F.text.startswith("/"))
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.OfPlan, ctx: Context) -> None:
    """Draw the plan as it is now."""
    await show(query, ctx.bot, (await _plan_screen(ctx, data.plan)).noticed(ctx.t("week-stale")))


async def open_command(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Plan the week of the named product, or of the current one; ask when several are meant."""
    await state.clear()
    if ctx.product_id is None:
        await ask_name(message, ctx, state, notice=ctx.t("draft-notice-no-product"))
        return
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
    typed = (command.args or "").strip()
    found = finding.find(active, typed) if typed else None
    if found is not None and found.products and found.rest_of(typed):
        raise Refusal("week-usage")
    meant = found.products if found else [item for item in active if item.id == ctx.product_id]
    if len(meant) == 1:
        await show(message, ctx.bot, await _open(ctx, meant[0].id))
        return
    choice = [(item.id, item.name) for item in meant or active]
    screen = view.choose(choice[:20], ctx.t)
    await show(
        message, ctx.bot, screen if meant else screen.noticed(ctx.t("compose-unknown", name=typed[:60]))
    )


async def plan_week(query: CallbackQuery, callback_data: cb.PlanWeek, ctx: Context) -> None:
    """Plan the product's week."""
    await show(query, ctx.bot, await _open(ctx, callback_data.product, fresh=callback_data.fresh))


async def open_plan(
    query: CallbackQuery, callback_data: cb.OpenPlan, ctx: Context, state: FSMContext
) -> None:
    """Show the plan as it is."""
    await state.clear()
    await show(query, ctx.bot, await _plan_screen(ctx, callback_data.plan))


async def set_count(query: CallbackQuery, callback_data: cb.SetCount, ctx: Context) -> None:
    """Plan so many posts."""
    async with ctx.runtime.unit_of_work() as session:
        await weeks.set_count(
            session,
            callback_data.plan,
            version=callback_data.version,
            count=callback_data.count,
            today=today(ctx),
        )
    await show(query, ctx.bot, await _plan_screen(ctx, callback_data.plan))


async def open_post(
    query: CallbackQuery, callback_data: cb.OpenPost, ctx: Context, state: FSMContext
) -> None:
    """Show one post."""
    await state.clear()
    week = await _shown(ctx, callback_data, callback_data.position)
    await show(query, ctx.bot, view.post(week, callback_data.position, ctx.t))


async def set_kind(query: CallbackQuery, callback_data: cb.SetKind, ctx: Context) -> None:
    """Make the post one of this kind."""
    kind = PostKind(callback_data.kind)
    await _change(query, ctx, callback_data, callback_data.position, lambda post: replace(post, kind=kind))


async def set_day(query: CallbackQuery, callback_data: cb.SetDay, ctx: Context) -> None:
    """Move the post to another day."""
    week = await _shown(ctx, callback_data, callback_data.position)
    day = view.EPOCH + timedelta(days=callback_data.day)
    if not week.first <= day < week.first + timedelta(days=weeks.DAYS):
        raise Stale("this day has passed", plan_id=callback_data.plan)
    await _change(query, ctx, callback_data, callback_data.position, lambda post: replace(post, day=day))


async def ask_thought(
    query: CallbackQuery, callback_data: cb.AskThought, ctx: Context, state: FSMContext
) -> None:
    """Ask what the post is about."""
    week = await _shown(ctx, callback_data, callback_data.position)
    await form.wait_for(
        state, WeekForm.thought, plan=week.plan_id.hex, version=week.version, position=callback_data.position
    )
    await show(query, ctx.bot, view.ask_thought(week, callback_data.position, ctx.t))


async def take_thought(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep the thought with its post."""
    idea = form.typed_text(message, limit=weeks.IDEA_LIMIT)
    data = await state.get_data()
    plan_id = uuid.UUID(data["plan"])
    await state.clear()
    key = "week-thought-kept"
    try:
        async with ctx.runtime.unit_of_work() as session:
            await weeks.change(
                session,
                plan_id,
                version=int(data["version"]),
                position=int(data["position"]),
                how=lambda post: replace(post, idea=idea),
            )
    except Stale:
        key = "week-thought-stale"
    await show(message, ctx.bot, (await _plan_screen(ctx, plan_id)).noticed(ctx.t(key)))


async def forget_thought(query: CallbackQuery, callback_data: cb.ForgetThought, ctx: Context) -> None:
    """Take the thought away."""
    await _change(query, ctx, callback_data, callback_data.position, lambda post: replace(post, idea=None))


async def remove_post(query: CallbackQuery, callback_data: cb.RemovePost, ctx: Context) -> None:
    """Take the post out of the plan."""
    await _change(query, ctx, callback_data, callback_data.position, lambda post: None)


async def write(query: CallbackQuery, callback_data: cb.WriteWeek, ctx: Context) -> None:
    """Write what is not written yet; it goes on while the owner does other things."""
    async with ctx.runtime.unit_of_work() as session:
        plan = await weeks.start(session, callback_data.plan, version=callback_data.version, now=ctx.now)
    week = await load_week(ctx, plan.id)
    position = next((at for at, post in enumerate(week.posts) if post.content_id is None), 0)
    message_id = await show(query, ctx.bot, view.progress(week, position, ctx.t))
    ctx.afterwards.append(partial(write_week, ctx, plan.id, plan.version, message_id))


async def stop(query: CallbackQuery, callback_data: cb.StopWriting, ctx: Context) -> None:
    """Write no further post; the one under way is still finished."""
    async with ctx.runtime.unit_of_work() as session:
        await weeks.stop(session, callback_data.plan, version=callback_data.version)
    screen = await _plan_screen(ctx, callback_data.plan)
    await show(query, ctx.bot, screen.noticed(ctx.t("week-stopped")))


async def _open(ctx: Context, product_id: uuid.UUID, *, fresh: bool = False) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        plan = await weeks.open_plan(session, product_id, ctx.chat_id, today(ctx), fresh=fresh)
    return await _plan_screen(ctx, plan.id)


async def _plan_screen(ctx: Context, plan_id: uuid.UUID) -> Screen:
    return view.plan(await load_week(ctx, plan_id), ctx.t)


async def _shown(ctx: Context, data: cb.OfPlan, position: int) -> view.Week:
    """Load the plan if it is the one that was shown. Raises ``Stale``."""
    week = await load_week(ctx, data.plan)
    if week.version != data.version or week.begun or position >= len(week.posts):
        raise Stale("this plan has changed since", plan_id=data.plan)
    return week


async def _change(
    query: CallbackQuery,
    ctx: Context,
    data: cb.OfPlan,
    position: int,
    how: Callable[[WeekPost], WeekPost | None],
) -> None:
    async with ctx.runtime.unit_of_work() as session:
        await weeks.change(session, data.plan, version=data.version, position=position, how=how)
    await show(query, ctx.bot, await _plan_screen(ctx, data.plan))
