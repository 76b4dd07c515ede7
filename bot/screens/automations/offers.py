"""Which values are offered for a field? Choices of the model, and what the product has: events, templates, platforms."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.context import Context
from core.automations import drafting, occasions
from core.automations.models import Automation
from core.automations.shapes.forms import FieldKind, FormField
from core.channels import service as channels
from core.events import service as events
from core.products import service as products
from core.templates import service as templates

_MOST = 12
PRESETS: Mapping[FieldKind, tuple[Any, ...]] = {
    FieldKind.FLAG: (True, False),
    FieldKind.DURATION: ("30m", "1h", "4h", "1d", "3d"),
    FieldKind.TIME: ("09:00", "12:00", "18:00", "22:00"),
    FieldKind.CRON: ("0 9 * * *", "0 10 * * 1", "0 10 * * 1-5", "0 18 * * 5", "0 10 1 * *"),
    FieldKind.COMPARISON: ("> 2x average", "< 0.5x for 3 days", "crosses 1000", "crosses every 1000"),
    FieldKind.FACTS: ("daily_stats: 7d", "top_posts: 30d"),
    FieldKind.SOURCE: ("webhook", "github", "stripe"),
}
_DEEP = 3
_FIELDS_OF = 20  # events whose fields are offered


async def values(ctx: Context, automation: Automation, field: FormField) -> list[Any]:
    """Return what is offered for the field, at most a screenful."""
    if field.choices:
        return list(field.choices)
    if field.kind in PRESETS:
        return list(PRESETS[field.kind])
    product_id = automation.product_id
    async with ctx.runtime.unit_of_work() as session:
        match field.kind:
            case FieldKind.EVENT:
                return [name for name, _ in await events.types(session, product_id)][:_MOST]
            case FieldKind.PLATFORMS:
                return sorted(await channels.connected_platforms(session, product_id))
            case FieldKind.PRODUCT:
                found = await products.list_active(session)
                return [product.slug for product in found if product.id != product_id][:_MOST]
            case FieldKind.TEMPLATE:
                known = await templates.list_for_product(session, product_id, language=ctx.t.language)
                return [template.key or template.name for template in known][:_MOST]
            case FieldKind.PATH:
                recent = await events.list_page(session, product_id=product_id, limit=_FIELDS_OF)
                return _paths([occasions.of_event(event).known["data"] for event, _ in recent])[:_MOST]
            case _:
                return []


def _paths(samples: list[Any]) -> list[str]:
    found: dict[str, None] = {}
    for sample in samples:
        if isinstance(sample, Mapping):
            found |= dict.fromkeys(_within(sample))
    return list(found)


def _within(value: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[str]:
    for name, inner in value.items():
        path = f"{prefix}{name}"
        if isinstance(inner, Mapping) and depth < _DEEP:
            yield from _within(inner, f"{path}.", depth + 1)
        elif len(path) <= 60:
            yield path


_PIECES: Mapping[str, str] = {
    "t": "trigger", "o": "options", "c": "condition", "g": "condition", "b": "condition", "a": "action", "h": "action", "e": "action",
}  # fmt: skip


def piece_name(part: drafting.Part, place: int) -> str:
    """Return the key of a piece's title."""
    return _PIECES[part]
