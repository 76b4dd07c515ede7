"""What do the buttons of the voice screens do?"""

import uuid
from functools import partial

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.voice import callbacks as cb
from bot.screens.voice import view
from bot.screens.voice.keeping import load_model
from bot.screens.voice.words import kinds_of, presets
from bot.ui.screen import show
from core.errors import Stale
from core.products import service as products
from core.products import voice_fields
from core.products.voice import BrandVoice
from core.products.voice_fields import VoiceField, entries, mark_of


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="voice")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_voice, cb.OpenVoice.filter())
    screen.callback_query.register(open_field, cb.OpenField.filter())
    screen.callback_query.register(open_example, cb.OpenExample.filter())
    screen.callback_query.register(remove, cb.RemoveEntry.filter())
    screen.callback_query.register(ask_clear, cb.AskClear.filter())
    screen.callback_query.register(clear, cb.ClearField.filter())
    screen.callback_query.register(set_preset, cb.SetPreset.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutVoice, ctx: Context) -> None:
    """Draw the voice as it is now."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, data.product)
    model = view.VoiceModel(product.id, product.name, BrandVoice.of(product))
    await show(query, ctx.bot, view.overview(model, ctx.t).noticed(ctx.t("voice-stale")))


async def open_voice(
    query: CallbackQuery, callback_data: cb.OpenVoice, ctx: Context, state: FSMContext
) -> None:
    """Show the whole voice; it is also the way back from its questions."""
    await state.clear()
    model = await load_model(ctx, state, callback_data.product)
    await show(query, ctx.bot, view.overview(model, ctx.t))


async def open_field(
    query: CallbackQuery, callback_data: cb.OpenField, ctx: Context, state: FSMContext
) -> None:
    """Show one field."""
    await state.clear()
    model = await load_model(ctx, state, callback_data.product)
    await show(query, ctx.bot, view.one_field(model, callback_data.field, ctx.t, callback_data.offset))


async def open_example(
    query: CallbackQuery, callback_data: cb.OpenExample, ctx: Context, state: FSMContext
) -> None:
    """Show the example of one kind of post."""
    await state.clear()
    model = await load_model(ctx, state, callback_data.product)
    kind = kind_marked(model.voice, callback_data.mark)
    await show(query, ctx.bot, view.one_example(model, kind, ctx.t))


async def remove(
    query: CallbackQuery, callback_data: cb.RemoveEntry, ctx: Context, state: FSMContext
) -> None:
    """Take one entry away; the list stays at the page where it was."""
    model = await load_model(ctx, state, callback_data.product)
    gone = voice_fields.entry(model.voice, callback_data.field, callback_data.mark)
    offset = entries(model.voice, callback_data.field).index(gone)
    change = partial(voice_fields.removed, field=callback_data.field, mark=callback_data.mark)
    async with ctx.runtime.unit_of_work() as session:
        await products.change_voice(session, callback_data.product, change)
    notice = ctx.t("voice-removed") if callback_data.field is VoiceField.TONE else ""
    await _redraw(query, ctx, state, callback_data.product, callback_data.field, notice, offset)


async def ask_clear(
    query: CallbackQuery, callback_data: cb.AskClear, ctx: Context, state: FSMContext
) -> None:
    """Ask before emptying a list."""
    model = await load_model(ctx, state, callback_data.product)
    if not entries(model.voice, callback_data.field):
        raise Stale("the field is empty already", field=callback_data.field.value)
    await show(query, ctx.bot, view.ask_clear(model, callback_data.field, ctx.t))


async def clear(query: CallbackQuery, callback_data: cb.ClearField, ctx: Context, state: FSMContext) -> None:
    """Empty the field; doing it twice changes nothing."""
    change = partial(voice_fields.cleared, field=callback_data.field)
    async with ctx.runtime.unit_of_work() as session:
        await products.change_voice(session, callback_data.product, change)
    await _redraw(query, ctx, state, callback_data.product, callback_data.field, ctx.t("voice-cleared"))


async def set_preset(
    query: CallbackQuery, callback_data: cb.SetPreset, ctx: Context, state: FSMContext
) -> None:
    """Take one of the offered values."""
    offered = presets(ctx.t, callback_data.field)
    if callback_data.number >= len(offered):
        raise Stale("this value is not offered any more", field=callback_data.field.value)
    _, value = offered[callback_data.number]
    change = partial(voice_fields.added, field=callback_data.field, new=[value])
    async with ctx.runtime.unit_of_work() as session:
        await products.change_voice(session, callback_data.product, change)
    await _redraw(query, ctx, state, callback_data.product, callback_data.field, ctx.t("voice-saved"))


def kind_marked(voice: BrandVoice, mark: int) -> str:
    """Return the kind of post a button names. Raises ``Stale``."""
    for kind in kinds_of(voice):
        if mark_of(kind) == mark:
            return kind
    raise Stale("this kind of post is not there any more")


async def _redraw(
    query: CallbackQuery,
    ctx: Context,
    state: FSMContext,
    product_id: uuid.UUID,
    field: VoiceField,
    notice: str = "",
    offset: int = 0,
) -> None:
    model = await load_model(ctx, state, product_id)
    screen = view.one_field(model, field, ctx.t, offset)
    await show(query, ctx.bot, screen.noticed(notice) if notice else screen)
