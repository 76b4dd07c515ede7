"""Where do the templates screens get what they show?"""

import uuid
from collections.abc import Mapping

from bot.context import Context
from bot.screens.templates import edit_view, view
from bot.screens.templates.callbacks import Kind, Language, TurnTemplates
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen
from core.content import templated
from core.platforms.registry import title_of
from core.products import service as products
from core.templates import editing, listing, variables
from core.templates import service as templates
from core.templates.models import Template
from core.templates.structure import Structure

_PAGE = 8
_COPIES = 99


async def list_screen(ctx: Context, at: TurnTemplates | None = None) -> Screen:
    """Load and draw a page of the list."""
    at = at or TurnTemplates()
    offset = clamp(at.offset, _PAGE, at.offset + 1)
    rows, total = await _page(ctx, at, offset)
    if not rows and total:  # there have become fewer since
        offset = clamp(offset, _PAGE, total)
        rows, total = await _page(ctx, at, offset)
    lines = [
        view.TemplateLine(row.id, row.name, row.category or row.content_type, listing.source_of(row))
        for row in rows
    ]
    return view.templates(lines, Page(offset, _PAGE, total), at, ctx.t)


async def _page(ctx: Context, at: TurnTemplates, offset: int) -> tuple[list[Template], int]:
    async with ctx.runtime.unit_of_work() as session:
        return await listing.page(
            session,
            product_id=ctx.product_id,
            source=at.source,
            kind=None if at.kind is Kind.ANY else at.kind.value,
            language=None if at.language is Language.ANY else at.language.value,
            reads=ctx.t.language,
            offset=offset,
            limit=_PAGE,
        )


async def load_card(ctx: Context, template_id: uuid.UUID) -> view.TemplateCard:
    """Load one template. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        template = await templates.get(session, template_id)
        drafts = await templated.count(session, template_id)
        names = copy_names(ctx, template.name)
        number = 1 + await editing.free_name(session, names, copies_go_to(ctx, template))
        owner = await products.get(session, template.product_id) if template.product_id else None
    structure = Structure.of(template.structure)
    readable = structure or Structure()
    return view.TemplateCard(
        template_id=template.id,
        name=template.name,
        description=template.description,
        kind=template.category or template.content_type,
        source=listing.source_of(template),
        language=Language(template.language) if template.language in set(Language) else Language.ANY,
        thread=readable.format == "thread",
        parts=[text for text in readable.texts if text],
        variables=list(dict.fromkeys([*readable.variables, *variables.asked(readable)])),
        hints=readable.ai_hints,
        example=list(variables.example_of(readable).items()),
        platforms={slug: title_of(slug, ctx.runtime.platforms) for slug in template.platforms},
        product=owner.name if owner else None,
        drafts=drafts,
        copy_number=number,
        readable=structure is not None,
    )


def copy_names(ctx: Context, name: str) -> list[str]:
    """Return what copies of a template are called: "News (copy)", "News (copy 2)", …"""
    short = name[: templates.NAME_LIMIT - 20]
    return [ctx.t.label("template-copy-name", name=short, n=number) for number in range(1, _COPIES + 1)]


def copies_go_to(ctx: Context, template: Template) -> uuid.UUID | None:
    """A copy stands beside an own template; of a system one it goes to the current product."""
    return ctx.product_id if template.is_system else template.product_id


async def template_screen(ctx: Context, template_id: uuid.UUID) -> Screen:
    """Load and draw one template. Raises ``NotFound``."""
    return view.template(await load_card(ctx, template_id), ctx.t)


async def editing_screen(ctx: Context, template_id: uuid.UUID) -> Screen:
    """Load and draw what can be changed. Raises ``NotFound``."""
    card = await load_card(ctx, template_id)
    name = None
    if ctx.product_id is not None:
        async with ctx.runtime.unit_of_work() as session:
            name = (await products.get(session, ctx.product_id)).name
    return edit_view.editing(card, name, ctx.t)


def platform_titles(ctx: Context, card: view.TemplateCard) -> Mapping[str, str]:
    """Return the names of the platforms that can be chosen, by slug."""
    slugs = sorted({*ctx.runtime.platforms, *card.platforms})
    return {slug: title_of(slug, ctx.runtime.platforms) for slug in slugs}
