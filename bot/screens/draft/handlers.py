"""What do the buttons of a card do? Each one unit of work guarded by the version, then the card is drawn again."""

import uuid
from functools import partial

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import load_model, place_of, redraw_card, send_card
from bot.screens.draft.refused import choice
from bot.screens.draft.writing import Wish, rewriting, write_into
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui.confirm import confirm
from bot.ui.screen import show
from bot.writings import Ending
from core.content import queries
from core.content import service as content
from core.publications import scheduling
from core.publications.errors import NotFree
from core.publications.models import PublicationStatus
from core.settings import service as settings


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="draft")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    on = screen.callback_query.register
    on(open_card, cb.OpenCard.filter())
    on(set_card, cb.SendCard.filter())
    on(approve, cb.Approve.filter())
    on(publish_now, cb.PublishNow.filter())
    on(undo, cb.Undo.filter())
    on(unschedule, cb.Unschedule.filter())
    on(regenerate, cb.Regenerate.filter())
    on(use_mine, cb.UseMine.filter())
    on(open_more, cb.MoreButtons.filter())
    on(ask_delete, cb.Delete.filter())
    on(archive, cb.DeleteForGood.filter())
    on(archive, cb.RejectSilently.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.OfVersion, ctx: Context) -> None:
    """Draw the card as it is now, saying that the tap did nothing."""
    await _redraw(query, ctx, data.content, ctx.t("draft-notice-stale"))


async def open_card(
    query: CallbackQuery, callback_data: cb.OpenCard, ctx: Context, state: FSMContext
) -> None:
    """Draw the card in place of what was tapped: the way back from the questions asked on it."""
    await state.clear()
    await _redraw(query, ctx, callback_data.content, tab=callback_data.tab)


async def open_more(query: CallbackQuery, callback_data: cb.MoreButtons, ctx: Context) -> None:
    """Draw the card with what is done now and then."""
    message_id = query.message.message_id if query.message else None
    await redraw_card(
        place_of(ctx), callback_data.content, tab=callback_data.tab, more=True, message_id=message_id
    )


async def set_card(query: CallbackQuery, callback_data: cb.SendCard, ctx: Context) -> None:
    """Send the card anew, e.g. from a list or a notification that shall stay."""
    await send_card(place_of(ctx), callback_data.content)


async def approve(query: CallbackQuery, callback_data: cb.Approve, ctx: Context) -> None:
    """Approve exactly the version the button was shown with; what is scheduled already goes out with it."""
    content_id, version = callback_data.content, callback_data.version
    async with ctx.runtime.unit_of_work() as session:
        first = await content.approve(session, content_id, version=version, now=ctx.now)
        moved = await scheduling.follow_approval(session, content_id, version=version, now=ctx.now)
    if not first:
        notice = ctx.t("draft-notice-approved-again")
    else:
        key = "draft-notice-approved-moved" if moved else "draft-notice-approved"
        notice = ctx.t(key, version=str(version))
    await _redraw(query, ctx, content_id, notice)


async def publish_now(query: CallbackQuery, callback_data: cb.PublishNow, ctx: Context) -> None:
    """Approve this version and publish it when the undo window has passed."""
    try:
        async with ctx.runtime.unit_of_work() as session:
            publishing = await settings.get(session, settings.Publishing)
            await content.approve(session, callback_data.content, version=callback_data.version, now=ctx.now)
            await scheduling.schedule(
                session,
                content_id=callback_data.content,
                version=callback_data.version,
                when=scheduling.Now(undo_seconds=publishing.undo_seconds),
                now=ctx.now,
                priority="high",
                force=callback_data.force,
            )
    except NotFree as error:
        anyway = callback_data.model_copy(update={"force": True})
        about = PickTime(subject=Subject.CONTENT, id=callback_data.content, version=callback_data.version)
        label = ctx.t.label("draft-anyway")
        await show(query, ctx.bot, choice(ctx, error, anyway, label, about))
        return
    await _redraw(query, ctx, callback_data.content)


async def undo(query: CallbackQuery, callback_data: cb.Undo, ctx: Context) -> None:
    """Take back what has not left yet."""
    taken_back = await _cancel_scheduled(ctx, callback_data.content)
    key = "draft-notice-undone" if taken_back else "draft-notice-undo-late"
    await _redraw(query, ctx, callback_data.content, ctx.t(key))


async def unschedule(query: CallbackQuery, callback_data: cb.Unschedule, ctx: Context) -> None:
    """Take the draft off the calendar."""
    taken_back = await _cancel_scheduled(ctx, callback_data.content)
    key = "draft-notice-unscheduled" if taken_back else "draft-notice-undo-late"
    await _redraw(query, ctx, callback_data.content, ctx.t(key))


async def _cancel_scheduled(ctx: Context, content_id: uuid.UUID) -> bool:
    async with ctx.runtime.unit_of_work() as session:
        card = await queries.card(session, content_id, ctx.runtime.platforms)
        waiting = [
            channel.publication_id
            for channel in card.channels
            if channel.publication_id and channel.publication_status is PublicationStatus.SCHEDULED
        ]
        results = [await scheduling.cancel(session, found, now=ctx.now) for found in waiting]
    return any(results)


async def regenerate(query: CallbackQuery, callback_data: cb.Regenerate, ctx: Context) -> None:
    """Have AI write it anew from the idea, knowing the text it replaces."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        wish = Wish(
            content_id=found.id,
            version=found.version,
            product_id=found.product_id,
            idea=found.idea or found.original_text,
            previous=found.original_text,
            has_media=bool(found.media),
            purpose="regenerate",
        )
    if not wish.idea:
        raise Refusal("draft-nothing-to-rewrite")
    progress_id = await show(query, ctx.bot, rewriting(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=progress_id))


async def use_mine(query: CallbackQuery, callback_data: cb.UseMine, ctx: Context) -> None:
    """Put the owner's own words back; what is being written instead is not waited for."""
    ctx.writings.end(callback_data.content, Ending.OVERTAKEN)
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        await content.edit(
            session,
            found.id,
            expected_version=callback_data.version,
            text=found.idea or found.original_text,
            adapted={},
            made_by="owner",
        )
    await _redraw(query, ctx, callback_data.content, ctx.t("draft-notice-mine"))


async def ask_delete(query: CallbackQuery, callback_data: cb.Delete, ctx: Context) -> None:
    """Ask before putting away."""
    model = await load_model(place_of(ctx), callback_data.content)
    question = ctx.t("draft-ask-delete", number=str(model.card.number))
    yes = cb.DeleteForGood(content=callback_data.content, version=callback_data.version)
    no = cb.OpenCard(content=callback_data.content)
    label = ctx.t.label("draft-delete-yes")
    await show(query, ctx.bot, confirm(ctx.t, question, yes=yes, no=no, yes_label=label))


async def archive(
    query: CallbackQuery, callback_data: cb.DeleteForGood | cb.RejectSilently, ctx: Context, state: FSMContext
) -> None:
    """Put the draft away and cancel what is scheduled from it."""
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        await content.reject(session, callback_data.content, version=callback_data.version)
    await _redraw(query, ctx, callback_data.content, ctx.t("draft-notice-archived"))


async def _redraw(
    query: CallbackQuery, ctx: Context, content_id: uuid.UUID, notice: str = "", *, tab: int = 0
) -> None:
    message_id = query.message.message_id if query.message else None
    await redraw_card(place_of(ctx), content_id, notice=notice, tab=tab, message_id=message_id)
