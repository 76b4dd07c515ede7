"""How is a draft used again? As another draft, or as a template under a name the owner gives it."""

import uuid

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.origin import made_id
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import place_of, redraw_card, send_card
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.states import DraftForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.keyboard import button
from bot.ui.screen import show
from core.content import copying, templating
from core.content import service as content
from core.content.models import Content
from core.errors import Stale
from core.text import markdown

_NAME = 60  # characters of the text that are proposed as a template's name


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_reuse")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(duplicate, cb.Duplicate.filter())
    screen.callback_query.register(ask_name, cb.SaveTemplate.filter())
    screen.callback_query.register(take_proposal, cb.SaveTemplateAs.filter())
    screen.message.register(take_name, DraftForm.template_name, ~F.text.startswith("/"))
    return screen


async def duplicate(query: CallbackQuery, callback_data: cb.Duplicate, ctx: Context) -> None:
    """Make the copy and set its card below; the original's first keyboard comes back."""
    async with ctx.runtime.unit_of_work() as session:
        copy = await copying.duplicate(session, callback_data.content, version=callback_data.version)
        original = await content.get(session, callback_data.content)
    message_id = query.message.message_id if query.message else None
    await redraw_card(place_of(ctx), original.id, message_id=message_id)
    notice = ctx.t("draft-notice-duplicate", number=str(original.number))
    await send_card(place_of(ctx), copy.id, notice=notice)


async def ask_name(
    query: CallbackQuery, callback_data: cb.SaveTemplate, ctx: Context, state: FSMContext
) -> None:
    """Ask for the template's name, proposing the first words of the text."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
    await form.wait_for(state, DraftForm.template_name, content=found.id.hex, version=callback_data.version)
    variables = templating.variables_of(found)
    said = (
        ctx.t("draft-template-variables", names=", ".join(variables))
        if variables
        else ctx.t("draft-template-none")
    )
    proposal = cb.SaveTemplateAs(content=found.id, version=callback_data.version)
    question = form.question(
        ctx.t,
        ctx.t("draft-ask-template", number=str(found.number), variables=said),
        [button(ctx.t.label("draft-template-as", name=_proposed(found, ctx)), proposal)],
        cancel=cb.OpenCard(content=found.id),
    )
    await show(query, ctx.bot, question)


async def take_proposal(
    query: CallbackQuery, callback_data: cb.SaveTemplateAs, ctx: Context, state: FSMContext
) -> None:
    """Save under the proposed name. Without its question, e.g. on a second tap, nothing is saved."""
    waiting = await state.get_state() == DraftForm.template_name.state
    if not waiting or (await state.get_data()).get("content") != callback_data.content.hex:
        raise Stale("this template is not being named any more", content_id=callback_data.content)
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        template = await templating.save(
            session,
            found.id,
            version=callback_data.version,
            name=_proposed(found, ctx),
            template_id=made_id("template"),
        )
    notice = ctx.t("draft-notice-template", name=template.name)
    message_id = query.message.message_id if query.message else None
    await redraw_card(place_of(ctx), callback_data.content, notice=notice, message_id=message_id)


async def take_name(message: Message, ctx: Context, state: FSMContext) -> None:
    """Save under the typed name."""
    name = form.typed_text(message, limit=templating.NAME_LIMIT)
    data = await state.get_data()
    content_id, version = uuid.UUID(data["content"]), int(data["version"])
    await state.clear()
    try:
        async with ctx.runtime.unit_of_work() as session:
            template = await templating.save(
                session, content_id, version=version, name=name, template_id=made_id("template")
            )
    except Stale:
        await send_card(place_of(ctx), content_id, notice=ctx.t("draft-notice-stale"))
        return
    await send_card(place_of(ctx), content_id, notice=ctx.t("draft-notice-template", name=template.name))


def _proposed(found: Content, ctx: Context) -> str:
    first = markdown.parse(found.original_text[:1000]).text.strip().partition("\n")[0]
    return fmt.short(first, _NAME) or ctx.t.label("draft-template-unnamed", number=str(found.number))
