"""What do /events and its buttons do?"""

import uuid
from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.events import callbacks as cb
from bot.screens.events import view
from bot.ui import format as fmt
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.events import service as events
from core.events.models import Event
from core.products import service as products
from core.products.models import Product

_PAGE = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="events")
    screen.message.register(open_list, Command("events"))
    screen.callback_query.register(turn_page, cb.OpenEvents.filter())
    screen.callback_query.register(narrow, cb.NarrowEvents.filter())
    screen.callback_query.register(open_one, cb.OpenEvent.filter())
    screen.callback_query.register(ask_clear, cb.AskClear.filter())
    screen.callback_query.register(clear, cb.ClearEvents.filter())
    return screen


async def open_list(message: Message, ctx: Context, state: FSMContext) -> None:
    """Show the newest events."""
    await state.clear()
    await show(message, ctx.bot, await events_screen(ctx, cb.OpenEvents()))


async def turn_page(query: CallbackQuery, callback_data: cb.OpenEvents, ctx: Context) -> None:
    """Show the asked page."""
    await show(query, ctx.bot, await events_screen(ctx, callback_data))


async def narrow(query: CallbackQuery, callback_data: cb.NarrowEvents, ctx: Context) -> None:
    """Ask for a product or a type."""
    ids = {"product": callback_data.product, "kind": callback_data.kind}
    async with ctx.runtime.unit_of_work() as session:
        if callback_data.by is cb.By.PRODUCT:
            total = await products.count(session)
            page = Page(clamp(callback_data.offset, _PAGE, total), _PAGE, total)
            found = [
                view.Choice(
                    fmt.short(product.name, 40),
                    cb.OpenEvents.model_validate(ids | {"product": product.id}),
                    product.id == callback_data.product,
                )
                for product in await products.list_page(session, offset=page.offset, limit=_PAGE)
            ]
        else:
            types = await events.types(session, callback_data.product)
            page = Page(clamp(callback_data.offset, _PAGE, len(types)), _PAGE, len(types))
            found = [
                view.Choice(
                    f"{fmt.short(name, 40)} · {n}",
                    cb.OpenEvents.model_validate(ids | {"kind": cb.kind_of(name)}),
                    cb.kind_of(name) == callback_data.kind,
                )
                for name, n in types[page.offset : page.offset + _PAGE]
            ]
    await show(query, ctx.bot, view.choices(callback_data, found, page, ctx.t))


async def open_one(query: CallbackQuery, callback_data: cb.OpenEvent, ctx: Context) -> None:
    """Show a page of one event."""
    async with ctx.runtime.unit_of_work() as session:
        item = _view(*await events.get(session, callback_data.event))
    await show(query, ctx.bot, view.event(item, callback_data.page, ctx.t, ctx.zone, ctx.now))


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
        total = await events.count(session, product_id=asked.product, event_type=event_type)
        page = Page(clamp(asked.offset, _PAGE, total), _PAGE, total)
        found = await events.list_page(
            session, product_id=asked.product, event_type=event_type, offset=page.offset, limit=_PAGE
        )
    filters = [name for name in (await _product_name(ctx, asked.product), event_type or "") if name]
    items = [_view(event, product) for event, product in found]
    return view.events(items, asked, filters, page, ctx.t, ctx.zone, ctx.now)


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
        processed=event.processed,
        payload=event.payload,
        result=event.result,
    )
