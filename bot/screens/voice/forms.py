"""What happens to what is typed about a voice? It is checked and saved, or the question comes again and says why."""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import reply_to
from bot.middlewares.taps import RedrawStale
from bot.screens.voice import callbacks as cb
from bot.screens.voice import view
from bot.screens.voice.handlers import kind_marked, redraw_stale
from bot.screens.voice.keeping import load_model
from bot.screens.voice.states import VoiceForm
from bot.screens.voice.words import field_name, kind_name
from bot.ui import form
from bot.ui.formatted import TEXT_LIMIT
from bot.ui.screen import Screen, show
from core.products import service as products
from core.products import voice_fields
from core.products.voice_fields import LIMITS, LISTS, VoiceField, VoiceInputError, mark_of


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="voice_forms")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask_entries, cb.AskEntries.filter())
    screen.callback_query.register(ask_example, cb.AskExample.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_entries, VoiceForm.entries, not_a_command)
    screen.message.register(take_example, VoiceForm.example, not_a_command)
    return screen


async def ask_entries(
    query: CallbackQuery, callback_data: cb.AskEntries, ctx: Context, state: FSMContext
) -> None:
    """Ask for entries of a list, or for the text of a field."""
    await form.wait_for(
        state, VoiceForm.entries, product=callback_data.product.hex, field=callback_data.field.value
    )
    await show(query, ctx.bot, _entries_question(ctx, callback_data.product, callback_data.field))


async def take_entries(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add what was typed. What cannot be used changes nothing, and the question waits on."""
    kept = await state.get_data()
    product_id, field = uuid.UUID(kept["product"]), VoiceField(kept["field"])
    typed = form.typed_text(message, limit=TEXT_LIMIT)
    try:
        new = voice_fields.read(field, typed)
        change = partial(voice_fields.added, field=field, new=new)
        async with ctx.runtime.unit_of_work() as session:
            await products.change_voice(session, product_id, change)
    except VoiceInputError as error:
        question = _entries_question(ctx, product_id, field)
        await show(message, ctx.bot, question.noticed(reply_to(ctx.t, error)))
        return
    await state.clear()
    model = await load_model(ctx, state, product_id)
    # The end of the list is where the new entries are.
    screen = view.one_field(model, field, ctx.t, offset=len(voice_fields.entries(model.voice, field)) - 1)
    await show(message, ctx.bot, screen.noticed(ctx.t("voice-saved")))


async def ask_example(
    query: CallbackQuery, callback_data: cb.AskExample, ctx: Context, state: FSMContext
) -> None:
    """Ask for the example of one kind of post."""
    model = await load_model(ctx, state, callback_data.product)
    kind = kind_marked(model.voice, callback_data.mark)
    await form.wait_for(state, VoiceForm.example, product=callback_data.product.hex, kind=kind)
    await show(query, ctx.bot, _example_question(ctx, callback_data.product, kind))


async def take_example(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep the example."""
    kept = await state.get_data()
    product_id, kind = uuid.UUID(kept["product"]), str(kept["kind"])
    typed = form.typed_text(message, limit=TEXT_LIMIT)
    change = partial(voice_fields.with_example, kind=kind, text=typed)
    try:
        async with ctx.runtime.unit_of_work() as session:
            await products.change_voice(session, product_id, change)
    except VoiceInputError as error:
        question = _example_question(ctx, product_id, kind)
        await show(message, ctx.bot, question.noticed(reply_to(ctx.t, error)))
        return
    await state.clear()
    model = await load_model(ctx, state, product_id)
    screen = view.one_example(model, kind, ctx.t)
    await show(message, ctx.bot, screen.noticed(ctx.t("voice-saved")))


def _entries_question(ctx: Context, product_id: uuid.UUID, field: VoiceField) -> Screen:
    limit = LIMITS[field]
    key = "voice-ask-emoji" if field is VoiceField.EMOJI else "voice-ask-list"
    if field not in LISTS:
        key = "voice-ask-text"
    text = ctx.t(
        key,
        field=field_name(ctx.t, field),
        hint=ctx.t(f"voice-hint-{field.value}"),
        entries=limit.entries,
        length=limit.length,
    )
    return form.question(ctx.t, text, cancel=cb.OpenField(product=product_id, field=field))


def _example_question(ctx: Context, product_id: uuid.UUID, kind: str) -> Screen:
    text = ctx.t("voice-ask-example", kind=kind_name(ctx.t, kind), length=LIMITS[VoiceField.TONE].length)
    return form.question(ctx.t, text, cancel=cb.OpenExample(product=product_id, mark=mark_of(kind)))
