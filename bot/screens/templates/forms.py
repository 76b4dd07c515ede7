"""How is an own template changed? By buttons where the answers are few, typed otherwise; what is wrong is asked again."""

import uuid

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import reply_to
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft.intake import text_of
from bot.screens.templates import callbacks as cb
from bot.screens.templates import edit_view, loading
from bot.screens.templates.callbacks import Language, Typed
from bot.screens.templates.handlers import redraw_stale
from bot.screens.templates.states import TemplateForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import button
from bot.ui.screen import Screen, show
from core.errors import InvalidInput, Stale
from core.products.voice_fields import mark_of
from core.templates import editing, variables
from core.templates import service as templates
from core.templates.structure import Structure

_LIMITS = {
    Typed.NAME: templates.NAME_LIMIT,
    Typed.ABOUT: editing.DESCRIPTION_LIMIT,
    Typed.TEXT: editing.TEXT_LIMIT,
    Typed.HINTS: editing.HINTS_LIMIT,
}
_SHOWN = 1500  # characters of what a field holds
_CLEARED = frozenset({Typed.ABOUT, Typed.HINTS})  # what may be empty


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="template_forms")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(edit, cb.EditTemplate.filter())
    screen.callback_query.register(ask_field, cb.AskField.filter())
    screen.callback_query.register(clear_field, cb.ClearField.filter())
    screen.callback_query.register(choose_kind, cb.ChooseKind.filter())
    screen.callback_query.register(set_kind, cb.SetKind.filter())
    screen.callback_query.register(set_format, cb.SetFormat.filter())
    screen.callback_query.register(set_language, cb.SetLanguage.filter())
    screen.callback_query.register(set_scope, cb.SetScope.filter())
    screen.callback_query.register(choose_platforms, cb.ChoosePlatforms.filter())
    screen.callback_query.register(switch_platform, cb.SwitchPlatform.filter())
    screen.message.register(take_field, TemplateForm.field, ~F.text.startswith("/"))
    return screen


async def edit(query: CallbackQuery, callback_data: cb.EditTemplate, ctx: Context, state: FSMContext) -> None:
    """Show what can be changed; it is also the way back from its questions."""
    await state.clear()
    if not (await loading.load_card(ctx, callback_data.template)).own:
        raise Stale("a system template is not changed", template_id=callback_data.template)
    await show(query, ctx.bot, await loading.editing_screen(ctx, callback_data.template))


async def ask_field(
    query: CallbackQuery, callback_data: cb.AskField, ctx: Context, state: FSMContext
) -> None:
    """Ask for a field, showing what it holds."""
    question = await _question(ctx, callback_data.template, callback_data.field)
    await form.wait_for(
        state, TemplateForm.field, template=callback_data.template.hex, field=callback_data.field.value
    )
    await show(query, ctx.bot, question)


async def take_field(message: Message, ctx: Context, state: FSMContext) -> None:
    """Save what was typed. What cannot be used changes nothing, and the question waits on."""
    kept = await state.get_data()
    template_id, field = uuid.UUID(kept["template"]), Typed(kept["field"])
    try:
        typed = form.typed_text(message, limit=_LIMITS[field])
        await _save(ctx, template_id, field, typed if field is not Typed.TEXT else template_text(message))
    except (Refusal, InvalidInput) as error:
        question = await _question(ctx, template_id, field)
        await show(message, ctx.bot, question.noticed(reply_to(ctx.t, error)))
        return
    await state.clear()
    screen = await loading.template_screen(ctx, template_id)
    await show(message, ctx.bot, screen.noticed(ctx.t("template-saved")))


def template_text(message: Message) -> str:
    """Return a template's text as typed, its formatting kept; formatting marks in braces belong to no name."""
    return variables.without_marks(text_of(message))


async def _save(ctx: Context, template_id: uuid.UUID, field: Typed, value: str) -> None:
    async with ctx.runtime.unit_of_work() as session:
        match field:
            case Typed.NAME:
                await editing.change(session, template_id, name=value)
            case Typed.ABOUT:
                await editing.change(session, template_id, description=value or None)
            case Typed.HINTS:
                await editing.reshape(session, template_id, ai_hints=value)
            case Typed.TEXT:
                template = await templates.get(session, template_id)
                structure = Structure.model_validate(template.structure)
                shape = editing.shape(value, thread=structure.format == "thread")
                await editing.reshape(session, template_id, **shape)


async def clear_field(
    query: CallbackQuery, callback_data: cb.ClearField, ctx: Context, state: FSMContext
) -> None:
    """Empty a field."""
    if callback_data.field not in _CLEARED:
        raise Stale("this field cannot be empty", template_id=callback_data.template)
    await _save(ctx, callback_data.template, callback_data.field, "")
    await state.clear()
    await _saved(query, ctx, callback_data)


async def choose_kind(query: CallbackQuery, callback_data: cb.ChooseKind, ctx: Context) -> None:
    """Ask for which kind of post it is."""
    card = await loading.load_card(ctx, callback_data.template)
    await show(query, ctx.bot, edit_view.choose_kind(card, ctx.t))


async def set_kind(query: CallbackQuery, callback_data: cb.SetKind, ctx: Context) -> None:
    """Make it for this kind of post."""
    async with ctx.runtime.unit_of_work() as session:
        await editing.set_kind(session, callback_data.template, callback_data.kind.value)
    await _saved(query, ctx, callback_data)


async def set_format(query: CallbackQuery, callback_data: cb.SetFormat, ctx: Context) -> None:
    """Make it a thread, or a single post."""
    async with ctx.runtime.unit_of_work() as session:
        await editing.set_format(session, callback_data.template, thread=callback_data.thread)
    await _saved(query, ctx, callback_data)


async def set_language(query: CallbackQuery, callback_data: cb.SetLanguage, ctx: Context) -> None:
    """Make it for this language, or for any."""
    language = None if callback_data.language is Language.ANY else callback_data.language.value
    async with ctx.runtime.unit_of_work() as session:
        await editing.change(session, callback_data.template, language=language)
    await _saved(query, ctx, callback_data)


async def set_scope(query: CallbackQuery, callback_data: cb.SetScope, ctx: Context) -> None:
    """Make it for every product, or for the current one."""
    if not callback_data.everywhere and ctx.product_id is None:
        raise Stale("there is no product to give it to", template_id=callback_data.template)
    product_id = None if callback_data.everywhere else ctx.product_id
    async with ctx.runtime.unit_of_work() as session:
        await editing.change(session, callback_data.template, product_id=product_id)
    await _saved(query, ctx, callback_data)


async def choose_platforms(query: CallbackQuery, callback_data: cb.ChoosePlatforms, ctx: Context) -> None:
    """Show the platforms it is meant for."""
    card = await loading.load_card(ctx, callback_data.template)
    await show(query, ctx.bot, edit_view.choose_platforms(card, loading.platform_titles(ctx, card), ctx.t))


async def switch_platform(query: CallbackQuery, callback_data: cb.SwitchPlatform, ctx: Context) -> None:
    """Mean it for a platform, or not."""
    card = await loading.load_card(ctx, callback_data.template)
    titles = loading.platform_titles(ctx, card)
    slug = next((each for each in titles if mark_of(each) == callback_data.platform), None)
    if slug is None:
        raise Stale("this platform is not there any more", template_id=callback_data.template)
    async with ctx.runtime.unit_of_work() as session:
        await editing.switch_platform(session, callback_data.template, slug, on=callback_data.on)
    card = await loading.load_card(ctx, callback_data.template)
    await show(query, ctx.bot, edit_view.choose_platforms(card, titles, ctx.t))


async def _question(ctx: Context, template_id: uuid.UUID, field: Typed) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        template = await templates.get(session, template_id)
    if template.is_system:
        raise Stale("a system template is not changed", template_id=template_id)
    structure = Structure.of(template.structure) or Structure()
    now = {
        Typed.NAME: template.name,
        Typed.ABOUT: template.description or "",
        Typed.TEXT: editing.typed(structure),
        Typed.HINTS: structure.ai_hints,
    }[field]
    key = "template-ask-thread" if field is Typed.TEXT and structure.format == "thread" else ""
    lines = [ctx.t(key or f"template-ask-{field.value}", limit=_LIMITS[field])]
    if now:
        shown = now if len(now) <= _SHOWN else now[: _SHOWN - 1] + "…"
        lines.append(Markup(f"<pre>{escape(shown)}</pre>"))
    clear = button(ctx.t.label("template-clear"), cb.ClearField(template=template_id, field=field))
    return form.question(
        ctx.t,
        Markup("\n".join(lines)),
        [clear if now and field in _CLEARED else None],
        cancel=cb.EditTemplate(template=template_id),
    )


async def _saved(query: CallbackQuery, ctx: Context, data: cb.AboutTemplate) -> None:
    screen = await loading.editing_screen(ctx, data.template)
    card = await loading.load_card(ctx, data.template)
    notice = ctx.t("template-saved-as", name=fmt.short(card.name, 60))
    await show(query, ctx.bot, screen.noticed(notice))
