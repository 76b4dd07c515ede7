"""How is a template used? Its variables are filled in one after another and become a draft, or AI writes after it.

What was filled in so far is kept with the chat's state: names, values and the place. A draft is made of it once; the
button's second tap finds nothing left to make one of.
"""

import uuid
from functools import partial
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.origin import made_id
from bot.replies import Refusal
from bot.screens.draft.card import place_of, send_card
from bot.screens.draft.intake import text_of
from bot.screens.draft.writing import Wish, platforms_of_product, write_into, writing
from bot.screens.templates import callbacks as cb
from bot.screens.templates import fill_view, loading
from bot.screens.templates.handlers import redraw_stale
from bot.screens.templates.states import TemplateForm
from bot.ui import form
from bot.ui.formatted import TEXT_LIMIT
from bot.ui.screen import Screen, send, show
from core.content import service as content
from core.errors import Stale
from core.platforms.base import Post
from core.platforms.registry import title_of
from core.products import service as products
from core.templates import editing, variables
from core.templates import service as templates
from core.templates.models import Template
from core.templates.rendering import Filled
from core.templates.structure import Structure


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="template_filling")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(begin, cb.Fill.filter())
    screen.callback_query.register(skip, cb.SkipVariable.filter())
    screen.callback_query.register(take_example, cb.FillExample.filter())
    screen.callback_query.register(make_draft, cb.MakeDraft.filter())
    screen.callback_query.register(keep_example, cb.KeepExample.filter())
    screen.callback_query.register(ask_idea, cb.WithAi.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_variable, TemplateForm.variable, not_a_command)
    screen.message.register(take_idea, TemplateForm.idea, not_a_command)
    return screen


async def begin(query: CallbackQuery, callback_data: cb.Fill, ctx: Context, state: FSMContext) -> None:
    """Ask for the first variable; a template without any is shown as it will look."""
    _product_of(ctx, None)
    template, structure = await _load(ctx, callback_data.template)
    names = variables.asked(structure)
    await state.set_data({"template": template.id.hex, "names": names, "values": {}, "place": 0})
    await _go_on(query, ctx, state)


async def skip(query: CallbackQuery, callback_data: cb.SkipVariable, ctx: Context, state: FSMContext) -> None:
    """Leave a variable out; the button under an earlier question skips nothing."""
    kept = await _kept(state, callback_data.template)
    if kept["place"] != callback_data.place or await state.get_state() != TemplateForm.variable.state:
        raise Stale("this variable has been asked already", template_id=callback_data.template)
    await state.update_data(place=kept["place"] + 1)
    await _go_on(query, ctx, state)


async def take_variable(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep what was typed, with its formatting, and ask for the next one."""
    form.typed_text(message, limit=TEXT_LIMIT)
    kept = await state.get_data()
    name = kept["names"][kept["place"]]
    await state.update_data(values=kept["values"] | {name: text_of(message)}, place=kept["place"] + 1)
    await _go_on(message, ctx, state)


async def take_example(
    query: CallbackQuery, callback_data: cb.FillExample, ctx: Context, state: FSMContext
) -> None:
    """Take the example's values for all that is not filled in yet."""
    kept = await _kept(state, callback_data.template)
    _, structure = await _load(ctx, callback_data.template)
    example = variables.example_of(structure)
    values = {name: example[name] for name in kept["names"] if name in example} | kept["values"]
    await state.update_data(values=values, place=len(kept["names"]))
    await _go_on(query, ctx, state)


async def _go_on(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Ask for the next variable, or show what has come of them."""
    kept = await state.get_data()
    template, structure = await _load(ctx, uuid.UUID(kept["template"]))
    if kept["place"] < len(kept["names"]):
        await state.set_state(TemplateForm.variable)
        example = variables.example_of(structure).get(kept["names"][kept["place"]])
        screen = fill_view.ask(template.id, kept["names"], kept["place"], example, ctx.t)
    else:
        await state.set_state(None)  # what is typed now is a post of its own; the values stay
        screen = await _preview(ctx, template, structure, kept["values"])
    await show(event, ctx.bot, screen)


async def _preview(ctx: Context, template: Template, structure: Structure, values: dict[str, str]) -> Screen:
    filled, platforms = await _filled(ctx, template, structure, values)
    slug = next((each for each in platforms if each in ctx.runtime.platforms), "telegram")
    thread = filled.parts if len(filled.parts) > 1 else ()
    rendering = ctx.runtime.platforms[slug].render(Post(text=filled.text, thread=thread), {})
    model = fill_view.Preview(
        template.id,
        template.name,
        title_of(slug, ctx.runtime.platforms),
        rendering,
        filled.missing,
        own=not template.is_system,
    )
    return fill_view.preview(model, ctx.t)


async def _filled(
    ctx: Context, template: Template, structure: Structure, values: dict[str, str]
) -> tuple[Filled, list[str]]:
    """Return the filled template, and the platforms of the product it is for, those it is meant for first."""
    product_id = _product_of(ctx, template)
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
    platforms = sorted(
        await platforms_of_product(ctx, product_id), key=lambda slug: slug not in template.platforms
    )
    return variables.fill(structure, values, product), platforms


async def make_draft(
    query: CallbackQuery, callback_data: cb.MakeDraft, ctx: Context, state: FSMContext
) -> None:
    """Make a draft of what was filled in, once."""
    kept = await _kept(state, callback_data.template)
    template, structure = await _load(ctx, callback_data.template)
    filled, platforms = await _filled(ctx, template, structure, kept["values"])
    if not filled.text.strip():
        raise Refusal("template-nothing")
    parts = list(filled.parts)
    adapted = {slug: {"text": filled.text, "thread": parts} for slug in platforms} if len(parts) > 1 else {}
    async with ctx.runtime.unit_of_work() as session:
        draft = await content.create_draft(
            session,
            content_id=made_id("draft"),
            product_id=_product_of(ctx, template),
            text=filled.text,
            adapted=adapted,
            made_by="template",
            content_type=template.category or template.content_type,
            template_id=template.id,
        )
    await state.clear()
    # The preview becomes the template again, so that its button is not tapped a second time.
    await show(query, ctx.bot, await loading.template_screen(ctx, template.id))
    await send_card(place_of(ctx), draft.id, notice=ctx.t("template-drafted"))


async def keep_example(
    query: CallbackQuery, callback_data: cb.KeepExample, ctx: Context, state: FSMContext
) -> None:
    """Keep what was filled in as the template's example."""
    kept = await _kept(state, callback_data.template)
    async with ctx.runtime.unit_of_work() as session:
        template = await editing.reshape(session, callback_data.template, examples=[kept["values"]])
    screen = await _preview(ctx, template, Structure.model_validate(template.structure), kept["values"])
    await show(query, ctx.bot, screen.noticed(ctx.t("template-example-kept")))


async def ask_idea(query: CallbackQuery, callback_data: cb.WithAi, ctx: Context, state: FSMContext) -> None:
    """Ask what the post is to be about."""
    template, _ = await _load(ctx, callback_data.template)
    _product_of(ctx, template)
    await form.wait_for(state, TemplateForm.idea, template=template.id.hex)
    text = ctx.t("template-ask-idea", name=template.name[:100])
    await show(query, ctx.bot, form.question(ctx.t, text, cancel=cb.OpenTemplate(template=template.id)))


async def take_idea(message: Message, ctx: Context, state: FSMContext) -> None:
    """Save the idea as a draft after the template, and have it written out."""
    form.typed_text(message, limit=TEXT_LIMIT)
    idea = text_of(message)
    template, _ = await _load(ctx, uuid.UUID((await state.get_data())["template"]))
    product_id = _product_of(ctx, template)
    async with ctx.runtime.unit_of_work() as session:
        draft = await content.create_draft(
            session,
            content_id=made_id("draft"),
            product_id=product_id,
            text=idea,
            idea=idea,
            content_type=template.category or template.content_type,
            template_id=template.id,
        )
    await state.clear()
    wish = Wish(content_id=draft.id, version=draft.version, product_id=product_id, idea=idea)
    waiting = await send(ctx.bot, ctx.chat_id, writing(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=waiting.message_id))


async def _load(ctx: Context, template_id: uuid.UUID) -> tuple[Template, Structure]:
    """Return the template and its structure. Raises ``NotFound``, and ``Stale`` for a structure that is none."""
    async with ctx.runtime.unit_of_work() as session:
        template = await templates.get(session, template_id)
    structure = Structure.of(template.structure)
    if structure is None:
        raise Stale("the structure cannot be read", template_id=template_id)
    return template, structure


async def _kept(state: FSMContext, template_id: uuid.UUID) -> dict[str, Any]:
    """Return what was filled in of this template. Raises ``Stale`` when it is used up, or of another one."""
    kept = await state.get_data()
    if kept.get("template") != template_id.hex or "values" not in kept:
        raise Stale("nothing is being filled in any more", template_id=template_id)
    return kept


def _product_of(ctx: Context, template: Template | None) -> uuid.UUID:
    """Return the product the draft is for: the template's own, else the current one. Raises ``Refusal``."""
    found = (template.product_id if template is not None else None) or ctx.product_id
    if found is None:
        raise Refusal("template-no-product")
    return found
