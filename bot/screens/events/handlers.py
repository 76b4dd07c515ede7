"""What do /events and its buttons do?"""

import uuid
from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.events import callbacks as cb
from bot.screens.events import view
from bot.screens.events.receiving_view import receiving
from bot.ui import format as fmt
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.events import service as events
from core.events.models import Event
from core.events.service import REPLAY_OF
from core.products import service as products
from core.products.models import Product
from core.settings import service as settings

_PAGE = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="events")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(open_list, Command("events"))
    screen.callback_query.register(turn_page, cb.OpenEvents.filter())
    screen.callback_query.register(narrow, cb.NarrowEvents.filter())
    screen.callback_query.register(open_one, cb.OpenEvent.filter())
    screen.callback_query.register(ask_replay, cb.AskReplay.filter())
    screen.callback_query.register(replay, cb.ReplayEvent.filter())
    screen.callback_query.register(open_receiving, cb.OpenReceiving.filter())
    screen.callback_query.register(keep, cb.KeepEvents.filter())
    screen.callback_query.register(limit, cb.LimitEvents.filter())
    screen.callback_query.register(ask_clear, cb.AskClear.filter())
    screen.callback_query.register(clear, cb.ClearEvents.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: object, ctx: Context) -> None:
    """Draw the newest events: what was tapped twice is among them."""
    screen = await events_screen(ctx, cb.OpenEvents())
    await show(query, ctx.bot, screen.noticed(ctx.t("event-replayed-already")))


async def open_list(message: Message, ctx: Context, state: FSMContext) -> None:
    """Show the newest events."""
    await state.clear()
    await show(message, ctx.bot, await events_screen(ctx, cb.OpenEvents()))


async def turn_page(query: CallbackQuery, callback_data: cb.OpenEvents, ctx: Context) -> None:
    """Show the asked page."""
    await show(query, ctx.bot, await events_screen(ctx, callback_data))


async def narrow(query: CallbackQuery, callback_data: cb.NarrowEvents, ctx: Context) -> None:
    """Ask for a product, a type or an outcome."""
    found, total = await _choices(ctx, callback_data)
    page = Page(clamp(callback_data.offset, _PAGE, total), _PAGE, total)
    if callback_data.by is not cb.By.PRODUCT:
        found = found[page.offset : page.offset + _PAGE]
    await show(query, ctx.bot, view.choices(callback_data, found, page, ctx.t))


async def _choices(ctx: Context, about: cb.NarrowEvents) -> tuple[list[view.Choice], int]:
    """Return what can be chosen and how much there is; of the products the asked page alone."""
    ids = {"product": about.product, "kind": about.kind, "outcome": about.outcome}

    def choice(name: str, chosen: bool, **narrowed: object) -> view.Choice:
        return view.Choice(name, cb.OpenEvents.model_validate(ids | narrowed), chosen)

    if about.by is cb.By.OUTCOME:
        outcomes = [
            choice(ctx.t.label(key), one is about.outcome, outcome=one) for one, key in view.OUTCOMES.items()
        ]
        return outcomes, len(outcomes)
    async with ctx.runtime.unit_of_work() as session:
        if about.by is cb.By.KIND:
            types = await events.types(session, about.product)
            kinds = [(f"{fmt.short(name, 40)} · {n}", cb.kind_of(name)) for name, n in types]
            return [choice(name, kind == about.kind, kind=kind) for name, kind in kinds], len(kinds)
        total = await products.count(session)
        offset = clamp(about.offset, _PAGE, total)
        shown = await products.list_page(session, offset=offset, limit=_PAGE)
    return [
        choice(fmt.short(one.name, 40), one.id == about.product, product=one.id, kind=0) for one in shown
    ], total


async def open_one(query: CallbackQuery, callback_data: cb.OpenEvent, ctx: Context) -> None:
    """Show a page of one event."""
    async with ctx.runtime.unit_of_work() as session:
        item = _view(*await events.get(session, callback_data.event))
    await show(query, ctx.bot, view.event(item, callback_data.page, ctx.t, ctx.zone, ctx.now))


async def ask_replay(query: CallbackQuery, callback_data: cb.AskReplay, ctx: Context) -> None:
    """Ask before an event counts once more."""
    async with ctx.runtime.unit_of_work() as session:
        item = _view(*await events.get(session, callback_data.event))
    await show(query, ctx.bot, view.ask_replay(item, ctx.t, ctx.now))


async def replay(query: CallbackQuery, callback_data: cb.ReplayEvent, ctx: Context) -> None:
    """Have it looked at once more, and show the new event."""
    async with ctx.runtime.unit_of_work() as session:
        made = await events.replay(session, callback_data.event, ctx.now, tap=str(callback_data.at))
    async with ctx.runtime.unit_of_work() as session:
        item = _view(*await events.get(session, made))
    screen = view.event(item, 0, ctx.t, ctx.zone, ctx.now)
    await show(query, ctx.bot, screen.noticed(ctx.t("event-replay-done")))


async def open_receiving(query: CallbackQuery, ctx: Context) -> None:
    """Show what is set about receiving."""
    await show(query, ctx.bot, await _receiving(ctx))


async def keep(query: CallbackQuery, callback_data: cb.KeepEvents, ctx: Context) -> None:
    """Keep events for so long from now on."""
    async with ctx.runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, keep_days=callback_data.days or None)
    await show(query, ctx.bot, (await _receiving(ctx)).noticed(ctx.t("events-receiving-saved")))


async def limit(query: CallbackQuery, callback_data: cb.LimitEvents, ctx: Context) -> None:
    """Take so many a minute from now on."""
    async with ctx.runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, per_minute=callback_data.per_minute)
    await show(query, ctx.bot, (await _receiving(ctx)).noticed(ctx.t("events-receiving-saved")))


async def _receiving(ctx: Context) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        chosen = await settings.get(session, settings.Receiving)
    return receiving(chosen.keep_days, chosen.per_minute, ctx.t)


async def ask_clear(query: CallbackQuery, callback_data: cb.AskClear, ctx: Context) -> None:
    """Ask how old, then whether, with how many that would be."""
    name = await _product_name(ctx, callback_data.product)
    async with ctx.runtime.unit_of_work() as session:
        ages = [callback_data.days] if callback_data.days else list(view.AGES)
        counts = {
            days: await events.count_before(session, _ago(ctx, days), product_id=callback_data.product)
            for days in ages
        }
    if not callback_data.days:
        screen = view.ask_age(callback_data.product, name, counts, ctx.t)
    else:
        before = int(_ago(ctx, callback_data.days).timestamp())
        screen = view.ask_clear(callback_data, name, counts[callback_data.days], before, ctx.t)
    await show(query, ctx.bot, screen)


async def clear(query: CallbackQuery, callback_data: cb.ClearEvents, ctx: Context) -> None:
    """Delete the old ones; a second tap finds none."""
    before = datetime.fromtimestamp(callback_data.before, UTC)
    async with ctx.runtime.unit_of_work() as session:
        removed = await events.remove_before(session, before, product_id=callback_data.product)
    notice = ctx.t("events-cleared", n=removed) if removed else ctx.t("events-cleared-already")
    screen = await events_screen(ctx, cb.OpenEvents(product=callback_data.product))
    await show(query, ctx.bot, screen.noticed(notice))


async def events_screen(ctx: Context, asked: cb.OpenEvents) -> Screen:
    """Load and draw a page of the events. A type that no longer occurs is no filter any more."""
    async with ctx.runtime.unit_of_work() as session:
        types = [name for name, _ in await events.types(session, asked.product)] if asked.kind else []
        event_type = next((name for name in types if cb.kind_of(name) == asked.kind), None)
        total = await events.count(
            session, product_id=asked.product, event_type=event_type, outcome=asked.outcome
        )
        page = Page(clamp(asked.offset, _PAGE, total), _PAGE, total)
        found = await events.list_page(
            session,
            product_id=asked.product,
            event_type=event_type,
            outcome=asked.outcome,
            offset=page.offset,
            limit=_PAGE,
        )
        takes = await products.any_takes_events(session)
    outcome = ctx.t.label(view.OUTCOMES[asked.outcome]) if asked.outcome else ""
    filters = [name for name in (await _product_name(ctx, asked.product), event_type or "", outcome) if name]
    items = [_view(event, product) for event, product in found]
    return view.events(items, asked, filters, page, ctx.t, ctx.zone, ctx.now, takes=takes)


async def _product_name(ctx: Context, product_id: uuid.UUID | None) -> str:
    if product_id is None:
        return ""
    async with ctx.runtime.unit_of_work() as session:
        return (await products.get(session, product_id)).name


def _ago(ctx: Context, days: int) -> datetime:
    return ctx.now - timedelta(days=days)


def _view(event: Event, product: Product) -> view.EventView:
    return view.EventView(
        event_id=event.id,
        event_type=event.event_type,
        product_name=product.name,
        received_at=event.received_at,
        outcome=events.outcome_of(event),
        payload=event.payload,
        started=len(event.automations_triggered),
        replayed=REPLAY_OF in event.payload,
    )
