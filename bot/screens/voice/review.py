"""What becomes of a proposed voice? Piece by piece it is taken, changed or left; only what is taken is saved."""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import reply_to
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.screens.voice import callbacks as cb
from bot.screens.voice import review_view, view
from bot.screens.voice.handlers import redraw_stale
from bot.screens.voice.keeping import load_model, proposal_of
from bot.screens.voice.states import VoiceForm
from bot.screens.voice.words import field_name, kind_name
from bot.ui import form
from bot.ui.formatted import TEXT_LIMIT, escape
from bot.ui.screen import Screen, show
from core.products import service as products
from core.products import voice_proposal
from core.products.voice_fields import LIMITS, LISTS, VoiceField, VoiceInputError
from core.products.voice_proposal import Piece


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="voice_review")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(review, cb.Review.filter())
    screen.callback_query.register(accept, cb.Accept.filter())
    screen.callback_query.register(skip, cb.Skip.filter())
    screen.callback_query.register(ask_correction, cb.Correct.filter())
    screen.callback_query.register(drop, cb.DropReview.filter())
    screen.message.register(take_correction, VoiceForm.correction, ~F.text.startswith("/"))
    return screen


async def review(query: CallbackQuery, callback_data: cb.Review, ctx: Context, state: FSMContext) -> None:
    """Show the piece that is next."""
    await state.clear()
    await show(query, ctx.bot, await next_piece(ctx, state, callback_data.product))


async def accept(query: CallbackQuery, callback_data: cb.Accept, ctx: Context, state: FSMContext) -> None:
    """Take the piece into the voice, and show the next one. A piece that was decided already is left alone."""
    product_id = callback_data.product
    pieces = await _pieces(state, product_id)
    piece = _marked(pieces, callback_data.mark)
    if piece is None:
        await _stale(query, ctx, state, product_id)
        return
    try:
        async with ctx.runtime.unit_of_work() as session:
            await products.change_voice(session, product_id, partial(voice_proposal.applied, piece=piece))
    except VoiceInputError as error:  # full, or against what the voice says by now: skip it or change it
        screen = await next_piece(ctx, state, product_id, first=piece)
        await show(query, ctx.bot, screen.noticed(reply_to(ctx.t, error)))
        return
    await _keep(state, product_id, [one for one in pieces if one != piece])
    notice = ctx.t("voice-accepted", field=field_name(ctx.t, piece.field))
    await show(query, ctx.bot, (await next_piece(ctx, state, product_id)).noticed(notice))


async def skip(query: CallbackQuery, callback_data: cb.Skip, ctx: Context, state: FSMContext) -> None:
    """Leave the piece out, and show the next one."""
    pieces = await _pieces(state, callback_data.product)
    piece = _marked(pieces, callback_data.mark)
    if piece is None:
        await _stale(query, ctx, state, callback_data.product)
        return
    await _keep(state, callback_data.product, [one for one in pieces if one != piece])
    await show(query, ctx.bot, await next_piece(ctx, state, callback_data.product))


async def drop(query: CallbackQuery, callback_data: cb.DropReview, ctx: Context, state: FSMContext) -> None:
    """Put the rest of the proposal away."""
    await proposal_of(state, callback_data.product).clear()
    await state.clear()
    model = await load_model(ctx, state, callback_data.product)
    await show(query, ctx.bot, view.overview(model, ctx.t).noticed(ctx.t("voice-review-dropped")))


async def ask_correction(
    query: CallbackQuery, callback_data: cb.Correct, ctx: Context, state: FSMContext
) -> None:
    """Ask for other words in place of the piece."""
    piece = _marked(await _pieces(state, callback_data.product), callback_data.mark)
    if piece is None:
        await _stale(query, ctx, state, callback_data.product)
        return
    await form.wait_for(
        state, VoiceForm.correction, product=callback_data.product.hex, mark=callback_data.mark
    )
    await show(query, ctx.bot, _question(ctx, callback_data.product, piece))


async def take_correction(message: Message, ctx: Context, state: FSMContext) -> None:
    """Put the typed words in place of the piece. It is still a proposal: it counts once it is taken."""
    kept = await state.get_data()
    product_id = uuid.UUID(kept["product"])
    pieces = await _pieces(state, product_id)
    piece = _marked(pieces, int(kept["mark"]))
    if piece is None:
        await state.clear()
        screen = await next_piece(ctx, state, product_id)
        await show(message, ctx.bot, screen.noticed(ctx.t("voice-stale")))
        return
    typed = form.typed_text(message, limit=TEXT_LIMIT)
    try:
        changed = voice_proposal.corrected(piece, typed)
    except VoiceInputError as error:
        question = _question(ctx, product_id, piece)
        await show(message, ctx.bot, question.noticed(reply_to(ctx.t, error)))
        return
    await _keep(state, product_id, [changed if one == piece else one for one in pieces])
    await state.clear()
    screen = await next_piece(ctx, state, product_id, first=changed)
    await show(message, ctx.bot, screen.noticed(ctx.t("voice-corrected")))


async def next_piece(
    ctx: Context, state: FSMContext, product_id: uuid.UUID, *, first: Piece | None = None
) -> Screen:
    """Draw ``first``, or the piece that is next; the whole voice when none is left."""
    model = await load_model(ctx, state, product_id)
    pieces = await _pieces(state, product_id)
    if not pieces:
        return view.overview(model, ctx.t).noticed(ctx.t("voice-review-done"))
    total = int((await proposal_of(state, product_id).get_data()).get("total", len(pieces)))
    number = max(total - len(pieces) + 1, 1)
    return review_view.piece(product_id, first or pieces[0], model.voice, ctx.t, number=number, total=total)


def _question(ctx: Context, product_id: uuid.UUID, piece: Piece) -> Screen:
    name = field_name(ctx.t, piece.field)
    if piece.field is VoiceField.TONE:
        name = f"{name}: {kind_name(ctx.t, piece.kind)}"
    joint = " " if piece.field is VoiceField.EMOJI else "\n"
    ask = "voice-ask-correction-list" if piece.field in LISTS else "voice-ask-correction"
    blocks = [
        f"{ctx.t('voice-correction-title', field=name)}\n{escape(joint.join(piece.items)[:1500])}",
        ctx.t(ask, length=LIMITS[piece.field].length),
    ]
    text = Markup("\n\n".join(blocks))
    return form.question(ctx.t, text, cancel=cb.Review(product=product_id))


async def _stale(query: CallbackQuery, ctx: Context, state: FSMContext, product_id: uuid.UUID) -> None:
    screen = await next_piece(ctx, state, product_id)
    await show(query, ctx.bot, screen.noticed(ctx.t("voice-piece-decided")))


async def _pieces(state: FSMContext, product_id: uuid.UUID) -> list[Piece]:
    data = await proposal_of(state, product_id).get_data()
    return [Piece.model_validate(piece) for piece in data.get("pieces", [])]


async def _keep(state: FSMContext, product_id: uuid.UUID, pieces: list[Piece]) -> None:
    kept = [piece.model_dump(mode="json") for piece in pieces]
    if not kept:
        await proposal_of(state, product_id).clear()
        return
    await proposal_of(state, product_id).update_data(pieces=kept)


def _marked(pieces: list[Piece], mark: int) -> Piece | None:
    return next((piece for piece in pieces if piece.mark == mark), None)
