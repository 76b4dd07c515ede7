"""What do the buttons of a product's milestones do? Show them, take typed numbers, take one away, or all."""

import re
import uuid

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.replies import Refusal
from bot.screens.products import callbacks as cb
from bot.screens.products import milestones_view as view
from bot.screens.products.states import ProductForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.screen import Screen, show
from core.errors import InvalidInput
from core.products import milestones
from core.products import service as products
from core.products.milestones import HIGHEST, MOST, WHATS, What

_TYPED = 300  # UTF-16 units
_NUMBER = re.compile(r"[1-9]\d{0,12}")


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="product_milestones")
    on = screen.callback_query.register
    on(open_milestones, cb.OpenMilestones.filter())
    on(ask, cb.AddMilestones.filter())
    on(remove, cb.RemoveMilestone.filter())
    on(clear, cb.ClearMilestones.filter())
    screen.message.register(take, ProductForm.milestones, ~F.text.startswith("/"))
    return screen


async def open_milestones(
    query: CallbackQuery, callback_data: cb.OpenMilestones, ctx: Context, state: FSMContext
) -> None:
    """Show them; it is also the way back from their question."""
    await state.clear()
    await show(query, ctx.bot, await _screen(ctx, callback_data.product))


async def ask(query: CallbackQuery, callback_data: cb.AddMilestones, ctx: Context, state: FSMContext) -> None:
    """Ask for numbers."""
    about, what = callback_data.product, callback_data.what
    async with ctx.runtime.unit_of_work() as session:
        await products.get(session, about)
    await form.wait_for(state, ProductForm.milestones, product=about.hex, what=what)
    await show(query, ctx.bot, view.ask(about, what, ctx.t))


async def take(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add what was typed; what is no number is explained, and another message is waited for."""
    numbers = _read(form.typed_text(message, limit=_TYPED))
    data = await state.get_data()
    about = uuid.UUID(data["product"])
    what: What = next(one for one in WHATS if one == data["what"])
    try:
        async with ctx.runtime.unit_of_work() as session:
            await milestones.add(session, about, what, numbers)
    except InvalidInput as error:
        highest = fmt.number(ctx.t, HIGHEST)
        raise Refusal(
            "milestones-refused", reason=str(error.params["reason"]), most=MOST, highest=highest
        ) from None
    await state.clear()
    await show(message, ctx.bot, (await _screen(ctx, about)).noticed(ctx.t("milestones-saved")))


async def remove(query: CallbackQuery, callback_data: cb.RemoveMilestone, ctx: Context) -> None:
    """Take one away; a second tap finds it gone and only redraws."""
    async with ctx.runtime.unit_of_work() as session:
        await milestones.remove(session, callback_data.product, callback_data.what, callback_data.number)
    await show(query, ctx.bot, await _screen(ctx, callback_data.product))


async def clear(query: CallbackQuery, callback_data: cb.ClearMilestones, ctx: Context) -> None:
    """Go back to the round numbers alone."""
    async with ctx.runtime.unit_of_work() as session:
        await milestones.clear(session, callback_data.product)
    screen = await _screen(ctx, callback_data.product)
    await show(query, ctx.bot, screen.noticed(ctx.t("milestones-cleared")))


async def _screen(ctx: Context, product_id: uuid.UUID) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
    model = view.Milestones(product.id, product.name, milestones.own(product.settings))
    return view.milestones(model, ctx.t)


def _read(typed: str) -> list[int]:
    """Read numbers that stand apart. "1,500" may be one number or two, so it is asked about."""
    parts = [part for part in re.split(r"[\s;]+|,\s+", typed) if part]
    if not parts or not all(_NUMBER.fullmatch(part) for part in parts):
        raise Refusal("milestones-refused", reason="no-number", most=MOST, highest="")
    return [int(part) for part in parts]
