"""How is a voice read from posts? Sample posts are collected, typed or forwarded, and AI is asked once they are enough."""

import uuid
from functools import partial

import structlog
from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.chat_action import ChatActionSender

from bot.context import Context
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.screens.voice import callbacks as cb
from bot.screens.voice import review_view, view
from bot.screens.voice.handlers import redraw_stale
from bot.screens.voice.keeping import load_model, proposal_of, samples_of
from bot.screens.voice.review import next_piece
from bot.screens.voice.states import VoiceForm
from bot.ui import form
from bot.ui.screen import Screen, retire, send, show
from core.ai import choosing, voice_reader
from core.ai.notices import Notice
from core.ai.voice_reader import FEWEST, MOST, SAMPLE_LENGTH
from core.products.voice_proposal import pieces_of

log = structlog.get_logger(__name__)

_READING = 150  # seconds: two calls of a minute each; a reading begun earlier died with its process


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="voice_samples")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(collect, cb.CollectSamples.filter())
    screen.callback_query.register(drop_newest, cb.DropSample.filter())
    screen.callback_query.register(drop_all, cb.DropSamples.filter())
    screen.callback_query.register(read, cb.ReadSamples.filter())
    screen.message.register(take_sample, VoiceForm.samples, ~F.text.startswith("/"))
    return screen


async def collect(
    query: CallbackQuery, callback_data: cb.CollectSamples, ctx: Context, state: FSMContext
) -> None:
    """Take the next messages as samples; those collected before are still there."""
    await load_model(ctx, state, callback_data.product)
    await _wait(state, callback_data.product)
    await _draw(query, ctx, state, callback_data.product)


async def take_sample(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep a sample: what was typed, or the words of what was forwarded."""
    product_id = uuid.UUID((await state.get_data())["product"])
    text = (message.text or message.caption or "").strip()
    kept = samples_of(state, product_id)
    data = await kept.get_data()
    texts: list[str] = data.get("texts", [])
    notice = ""
    if not text:
        # The other photos of an album have no words; its first one does.
        notice = "" if message.media_group_id else ctx.t("voice-sample-no-text")
    elif len(texts) >= MOST:
        notice = ctx.t("voice-sample-too-many", most=MOST)
    elif len(text) > SAMPLE_LENGTH:
        notice = ctx.t("voice-sample-too-long", limit=SAMPLE_LENGTH)
    elif text.casefold() in {known.casefold() for known in texts}:
        notice = ctx.t("voice-sample-known")
    else:
        texts = [*texts, text]
    await kept.update_data(texts=texts)
    if "shown" in data:  # the list stays below what was sent
        await retire(ctx.bot, ctx.chat_id, data["shown"])
    await _draw(message, ctx, state, product_id, notice)


async def drop_newest(
    query: CallbackQuery, callback_data: cb.DropSample, ctx: Context, state: FSMContext
) -> None:
    """Leave the newest sample out."""
    kept = samples_of(state, callback_data.product)
    texts: list[str] = (await kept.get_data()).get("texts", [])
    await kept.update_data(texts=texts[:-1])
    await _wait(state, callback_data.product)
    await _draw(query, ctx, state, callback_data.product)


async def drop_all(
    query: CallbackQuery, callback_data: cb.DropSamples, ctx: Context, state: FSMContext
) -> None:
    """Begin anew."""
    await samples_of(state, callback_data.product).update_data(texts=[])
    await _wait(state, callback_data.product)
    await _draw(query, ctx, state, callback_data.product)


async def read(query: CallbackQuery, callback_data: cb.ReadSamples, ctx: Context, state: FSMContext) -> None:
    """Have AI read the voice, once: a second tap finds the first one at work."""
    product_id = callback_data.product
    async with ctx.runtime.unit_of_work() as session:
        choice = await choosing.current(session, ctx.runtime.settings)
    if choice.missing is not None:
        await _draw(query, ctx, state, product_id, ctx.t(f"voice-ai-{choice.missing.value}"))
        return
    kept = samples_of(state, product_id)
    data = await kept.get_data()
    texts: list[str] = data.get("texts", [])
    if len(texts) < FEWEST:
        await _wait(state, product_id)
        await _draw(query, ctx, state, product_id, ctx.t("voice-stale"))
        return
    now = int(ctx.now.timestamp())
    await state.clear()
    message_id = await show(query, ctx.bot, review_view.working(product_id, "voice-reading", ctx.t))
    if now - data.get("reading", 0) < _READING:
        return
    await kept.update_data(reading=now)
    ctx.afterwards.append(partial(_read, ctx, state, product_id, texts, message_id))


async def _read(
    ctx: Context, state: FSMContext, product_id: uuid.UUID, texts: list[str], progress_id: int
) -> None:
    """Ask, keep the proposal and show its first piece; the samples stay until something came of them."""
    kept = samples_of(state, product_id)
    try:
        async with ChatActionSender.typing(chat_id=ctx.chat_id, bot=ctx.bot):
            reading = await voice_reader.read_voice(ctx.runtime, product_id=product_id, samples=texts)
        screen = await _outcome(ctx, state, product_id, texts, reading)
    finally:
        await kept.update_data(reading=0)
        await retire(ctx.bot, ctx.chat_id, progress_id)
    await send(ctx.bot, ctx.chat_id, screen)


async def _outcome(
    ctx: Context, state: FSMContext, product_id: uuid.UUID, read_: list[str], reading: voice_reader.Reading
) -> Screen:
    kept = samples_of(state, product_id)
    texts: list[str] = (await kept.get_data()).get("texts", [])
    if reading.voice is None:
        notice = reading.notice or Notice.UNAVAILABLE
        if await state.get_state() is None:  # the screen asks for samples, so the next message is one
            await _wait(state, product_id)
        return review_view.samples(product_id, texts, ctx.t).noticed(ctx.t(f"voice-ai-{notice.value}"))
    model = await load_model(ctx, state, product_id)
    pieces = pieces_of(model.voice, reading.voice)
    await kept.update_data(texts=[text for text in texts if text not in read_])  # what came meanwhile stays
    await proposal_of(state, product_id).set_data(
        {"pieces": [piece.model_dump(mode="json") for piece in pieces], "total": len(pieces)}
    )
    log.info("voice_read", product_id=str(product_id), pieces=len(pieces))
    if not pieces:
        model = await load_model(ctx, state, product_id)
        return view.overview(model, ctx.t).noticed(ctx.t("voice-read-nothing"))
    first: Screen = await next_piece(ctx, state, product_id)
    head = ctx.t("voice-read-done", n=len(pieces))
    if reading.notice is not None:
        head = Markup(f"{ctx.t(f'voice-ai-{reading.notice.value}')}\n{head}")
    return first.noticed(head)


async def _wait(state: FSMContext, product_id: uuid.UUID) -> None:
    await form.wait_for(state, VoiceForm.samples, product=product_id.hex)


async def _draw(
    event: Message | CallbackQuery, ctx: Context, state: FSMContext, product_id: uuid.UUID, notice: str = ""
) -> None:
    kept = samples_of(state, product_id)
    screen = review_view.samples(product_id, (await kept.get_data()).get("texts", []), ctx.t)
    shown = await show(event, ctx.bot, screen.noticed(notice) if notice else screen)
    await kept.update_data(shown=shown)
