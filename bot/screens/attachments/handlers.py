"""What do the buttons of a draft's files do, and what becomes of the files that are sent?"""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.attachments import callbacks as cb
from bot.screens.attachments import view, web
from bot.screens.attachments.states import MediaForm
from bot.screens.draft import pieces
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.intake import keep_media
from bot.ui import form
from bot.ui.screen import Screen, send, show
from core.content import attachments
from core.content import service as content
from core.content.rendering import media_of
from core.errors import InvalidInput, Stale
from core.platforms.base import MediaItem


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="attachments")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    on = screen.callback_query.register
    on(open_media, cb.OpenMedia.filter())
    on(open_file, cb.OpenFile.filter())
    on(move, cb.MoveFile.filter())
    on(remove, cb.RemoveFile.filter())
    on(ask_alt, cb.DescribeFile.filter())
    on(forget_alt, cb.ForgetAlt.filter())
    on(ask_files, cb.AddFiles.filter())
    screen.message.register(take_alt, MediaForm.alt, ~F.text.startswith("/"))
    for kind in (F.photo, F.video, F.animation, F.document, F.audio):
        screen.message.register(take_file, MediaForm.adding, kind)
    screen.message.register(take_address, MediaForm.adding, F.text.regexp(web.ADDRESS))
    screen.message.register(want_file, MediaForm.adding, F.text, ~F.text.startswith("/"))
    return screen


async def open_media(
    query: CallbackQuery, callback_data: cb.OpenMedia, ctx: Context, state: FSMContext
) -> None:
    """Show the files in the card's place; no more are waited for."""
    await state.clear()
    await show(query, ctx.bot, view.files(await _load(ctx, callback_data.content), ctx.t))


async def open_file(
    query: CallbackQuery, callback_data: cb.OpenFile, ctx: Context, state: FSMContext
) -> None:
    """Show one file."""
    await state.clear()
    model = await _load(ctx, callback_data.content, callback_data.version, callback_data.position)
    await show(query, ctx.bot, view.file(model, callback_data.position, ctx.t))


async def move(query: CallbackQuery, callback_data: cb.MoveFile, ctx: Context) -> None:
    """Move the file and stay with it."""
    async with ctx.runtime.unit_of_work() as session:
        await attachments.move(
            session,
            callback_data.content,
            expected_version=callback_data.version,
            position=callback_data.position,
            to=callback_data.to,
        )
    model = await _load(ctx, callback_data.content)
    await show(query, ctx.bot, view.file(model, callback_data.to, ctx.t))


async def remove(query: CallbackQuery, callback_data: cb.RemoveFile, ctx: Context) -> None:
    """Take the file out; an earlier version still has it."""
    async with ctx.runtime.unit_of_work() as session:
        await attachments.remove(
            session,
            callback_data.content,
            expected_version=callback_data.version,
            position=callback_data.position,
        )
    await show(query, ctx.bot, await _files_screen(ctx, callback_data.content, "media-removed"))


async def ask_alt(
    query: CallbackQuery, callback_data: cb.DescribeFile, ctx: Context, state: FSMContext
) -> None:
    """Ask what is in the picture."""
    model = await _load(ctx, callback_data.content, callback_data.version, callback_data.position)
    await form.wait_for(
        state,
        MediaForm.alt,
        content=model.content_id.hex,
        version=model.version,
        position=callback_data.position,
    )
    await show(query, ctx.bot, view.ask_alt(model, callback_data.position, ctx.t))


async def take_alt(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep the description."""
    words = form.typed_text(message, limit=attachments.ALT_LIMIT)
    data = await state.get_data()
    content_id = uuid.UUID(data["content"])
    await state.clear()
    key = "media-alt-saved"
    try:
        async with ctx.runtime.unit_of_work() as session:
            await attachments.describe(
                session,
                content_id,
                expected_version=int(data["version"]),
                position=int(data["position"]),
                alt=words,
            )
    except Stale:
        key = "draft-notice-edit-stale"
    await show(message, ctx.bot, await _files_screen(ctx, content_id, key))


async def forget_alt(
    query: CallbackQuery, callback_data: cb.ForgetAlt, ctx: Context, state: FSMContext
) -> None:
    """Take the description away."""
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        await attachments.describe(
            session,
            callback_data.content,
            expected_version=callback_data.version,
            position=callback_data.position,
            alt="",
        )
    await show(query, ctx.bot, await _files_screen(ctx, callback_data.content, "media-alt-forgotten"))


async def ask_files(
    query: CallbackQuery, callback_data: cb.AddFiles, ctx: Context, state: FSMContext
) -> None:
    """Ask for files; whatever is sent next joins the post, until the owner goes back."""
    model = await _load(ctx, callback_data.content, callback_data.version)
    await form.wait_for(state, MediaForm.adding, content=model.content_id.hex, version=model.version)
    await show(query, ctx.bot, view.ask_files(model, ctx.t))


async def take_file(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add the file; the list is shown once nothing more comes, as an album arrives file by file."""
    kept = await keep_media(message, ctx)
    if kept.item is None:
        raise Refusal(kept.problem, name=kept.name)
    await _add(message, ctx, state, kept.item)


async def take_address(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add the file behind an address, as if it had been sent."""
    await _add(message, ctx, state, await web.keep(ctx, (message.text or "").strip()))


async def _add(message: Message, ctx: Context, state: FSMContext, item: MediaItem) -> None:
    data = await state.get_data()
    content_id, version = uuid.UUID(data["content"]), int(data["version"])
    try:
        async with ctx.runtime.unit_of_work() as session:
            edited = await attachments.add(session, content_id, expected_version=version, items=[item])
    except InvalidInput:
        raise Refusal("media-too-many", limit=attachments.MOST) from None
    except Stale:
        await state.clear()
        await show(message, ctx.bot, await _files_screen(ctx, content_id, "media-not-added"))
        return
    await state.update_data(version=edited.version)
    ctx.afterwards.append(partial(_show_when_complete, ctx, content_id, edited.version))


async def want_file(message: Message, ctx: Context) -> None:
    """Words are no file."""
    raise Refusal("media-need-file")


async def _show_when_complete(ctx: Context, content_id: uuid.UUID, version: int) -> None:
    if await pieces.is_complete(ctx, content_id, version):
        await send(ctx.bot, ctx.chat_id, await _files_screen(ctx, content_id, "media-added"))


async def _files_screen(ctx: Context, content_id: uuid.UUID, key: str) -> Screen:
    return view.files(await _load(ctx, content_id), ctx.t).noticed(ctx.t(key))


async def _load(
    ctx: Context, content_id: uuid.UUID, version: int | None = None, position: int = 0
) -> view.Files:
    """Load the files. Raises ``Stale`` when ``version`` is not the current one, or has no file at ``position``."""
    async with ctx.runtime.unit_of_work() as session:
        if version is None:
            found = await content.get(session, content_id)
        else:
            found = await content.at_version(session, content_id, version)
    items = media_of(found)
    if position and position >= len(items):
        raise Stale("this file is not there any more", content_id=content_id)
    return view.Files(found.id, found.number, found.version, items)
