"""How is a template made? Its name, the kind of post, thread or not, and the text with its variables in braces."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.errors import reply_to
from bot.middlewares.taps import RedrawStale
from bot.origin import made_id
from bot.replies import Refusal
from bot.screens.templates import callbacks as cb
from bot.screens.templates import edit_view, loading
from bot.screens.templates.forms import template_text
from bot.screens.templates.handlers import redraw_stale
from bot.screens.templates.states import TemplateForm
from bot.ui import form
from bot.ui.screen import Screen, show
from core.errors import InvalidInput, Stale
from core.templates import editing
from core.templates import service as templates


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="template_making")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(begin, cb.NewTemplate.filter())
    screen.callback_query.register(take_kind, cb.NewKind.filter())
    screen.callback_query.register(take_format, cb.NewFormat.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_name, TemplateForm.new_name, not_a_command)
    screen.message.register(use_the_buttons, TemplateForm.new_kind, not_a_command)
    screen.message.register(use_the_buttons, TemplateForm.new_format, not_a_command)
    screen.message.register(take_text, TemplateForm.new_text, not_a_command)
    return screen


async def begin(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Ask for the name."""
    await form.wait_for(state, TemplateForm.new_name)
    await show(query, ctx.bot, form.question(ctx.t, ctx.t("template-ask-new"), cancel=cb.OpenTemplates()))


async def take_name(message: Message, ctx: Context, state: FSMContext) -> None:
    """Ask for which kind of post it is."""
    name = form.typed_text(message, limit=templates.NAME_LIMIT)
    await form.wait_for(state, TemplateForm.new_kind, name=name)
    await show(message, ctx.bot, edit_view.ask_new_kind(ctx.t))


async def take_kind(query: CallbackQuery, callback_data: cb.NewKind, ctx: Context, state: FSMContext) -> None:
    """Ask whether it is a thread."""
    kept = await _waiting(state, TemplateForm.new_kind.state)
    await form.wait_for(state, TemplateForm.new_format, **kept, kind=callback_data.kind.value)
    await show(query, ctx.bot, edit_view.ask_new_format(ctx.t))


async def take_format(
    query: CallbackQuery, callback_data: cb.NewFormat, ctx: Context, state: FSMContext
) -> None:
    """Ask for the text."""
    kept = await _waiting(state, TemplateForm.new_format.state)
    await form.wait_for(state, TemplateForm.new_text, **kept, thread=callback_data.thread)
    await show(query, ctx.bot, _ask_text(ctx, thread=callback_data.thread))


async def use_the_buttons(message: Message, ctx: Context, state: FSMContext) -> None:
    """Something was typed where a button is to be tapped."""
    screen = edit_view.ask_new_kind(ctx.t)
    if await state.get_state() == TemplateForm.new_format.state:
        screen = edit_view.ask_new_format(ctx.t)
    await show(message, ctx.bot, screen.noticed(ctx.t("template-tap")))


async def take_text(message: Message, ctx: Context, state: FSMContext) -> None:
    """Make the template and show it. What cannot be used is asked again."""
    kept = await state.get_data()
    try:
        form.typed_text(message, limit=editing.TEXT_LIMIT)
        shape = editing.shape(template_text(message), thread=kept["thread"])
        async with ctx.runtime.unit_of_work() as session:
            made = await templates.create(
                session,
                template_id=made_id("template"),
                product_id=ctx.product_id,
                name=kept["name"],
                content_type=kept["kind"],
                structure=shape,
            )
    except (Refusal, InvalidInput) as error:
        question = _ask_text(ctx, thread=kept["thread"])
        await show(message, ctx.bot, question.noticed(reply_to(ctx.t, error)))
        return
    await state.clear()
    screen = await loading.template_screen(ctx, made.id)
    await show(message, ctx.bot, screen.noticed(ctx.t("template-made")))


async def _waiting(state: FSMContext, wanted: str | None) -> dict[str, str | int]:
    """Return what was told of the new template so far. Raises ``Stale`` when this step is over."""
    if await state.get_state() != wanted:
        raise Stale("this template is not being made any more")
    return await state.get_data()


def _ask_text(ctx: Context, *, thread: bool) -> Screen:
    text = ctx.t("template-ask-thread" if thread else "template-ask-text", limit=editing.TEXT_LIMIT)
    return form.question(ctx.t, text, cancel=cb.OpenTemplates())
