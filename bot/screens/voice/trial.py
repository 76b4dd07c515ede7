"""How does the voice sound? A sentence of the owner's is said in it, beside the original; nothing is saved."""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.chat_action import ChatActionSender

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.voice import callbacks as cb
from bot.screens.voice import review_view, view
from bot.screens.voice.handlers import redraw_stale
from bot.screens.voice.keeping import load_model
from bot.screens.voice.states import VoiceForm
from bot.ui import form
from bot.ui.screen import retire, send, show
from core.ai import choosing, writer
from core.ai.notices import Notice
from core.text import markdown

_SENTENCE = 500  # UTF-16 units
_FINDINGS = 3  # shown above the answer
# The model's instruction, in the language of the other instructions.
_WISH = "Say the same thing in the product's voice. Keep the meaning, the facts and about the length."


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="voice_trial")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask_sentence, cb.TryVoice.filter())
    screen.message.register(take_sentence, VoiceForm.sentence, ~F.text.startswith("/"))
    return screen


async def ask_sentence(
    query: CallbackQuery, callback_data: cb.TryVoice, ctx: Context, state: FSMContext
) -> None:
    """Ask for a sentence; without a key say at once that there is nobody to speak."""
    async with ctx.runtime.unit_of_work() as session:
        choice = await choosing.current(session, ctx.runtime.settings)
    if choice.missing is not None:
        await state.clear()
        model = await load_model(ctx, state, callback_data.product)
        notice = ctx.t(f"voice-ai-{choice.missing.value}")
        await show(query, ctx.bot, view.overview(model, ctx.t).noticed(notice))
        return
    model = await load_model(ctx, state, callback_data.product)
    await form.wait_for(state, VoiceForm.sentence, product=model.product_id.hex)
    question = form.question(
        ctx.t, ctx.t("voice-ask-sentence"), cancel=cb.OpenVoice(product=model.product_id)
    )
    await show(query, ctx.bot, question)


async def take_sentence(message: Message, ctx: Context, state: FSMContext) -> None:
    """Have the sentence said in the voice, once the chat is free again."""
    sentence = form.typed_text(message, limit=_SENTENCE)
    product_id = uuid.UUID((await state.get_data())["product"])
    await state.clear()
    waiting = await send(ctx.bot, ctx.chat_id, review_view.working(product_id, "voice-trying", ctx.t))
    ctx.afterwards.append(partial(_say, ctx, product_id, sentence, waiting.message_id))


async def _say(ctx: Context, product_id: uuid.UUID, sentence: str, progress_id: int) -> None:
    try:
        async with ChatActionSender.typing(chat_id=ctx.chat_id, bot=ctx.bot):
            draft = await writer.write_post(
                ctx.runtime,
                product_id=product_id,
                idea=sentence,
                platforms=[],
                previous=sentence,
                feedback=_WISH,
                purpose="improve",
            )
    finally:
        await retire(ctx.bot, ctx.chat_id, progress_id)
    if draft.made_by != "ai":
        notice = draft.notice or Notice.UNAVAILABLE
        screen = review_view.trial_failed(product_id, notice.value, ctx.t)
    else:
        said = markdown.parse(draft.text).text
        screen = review_view.trial(product_id, sentence, said, ctx.t)
        doubts = [
            ctx.t(f"finding-{found.code.value}", value=found.value) for found in draft.findings[:_FINDINGS]
        ]
        screen = screen.noticed("\n".join(doubts)) if doubts else screen
    await send(ctx.bot, ctx.chat_id, screen)
