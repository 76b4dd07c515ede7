"""How does a draft become a template? Its text stays, and the owner's own `{braces}` become the variables."""

import re
import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.content import forms
from core.content import service as content
from core.content.models import Content
from core.templates import rendering
from core.templates import service as templates
from core.templates.models import Template

NAME_LIMIT = 255  # characters
# A text that asks for nothing says the same every time: no kind of post may pick it by itself.
_ANY_KIND = "post"
_BRACES = re.compile(r"\{[^{}\n]{1,100}\}")
_GIVEN = frozenset({"product", "emoji", "must_say"})  # filled in without being asked for


def variables_of(found: Content) -> list[str]:
    """Return the names in braces, in order of appearance."""
    names = dict.fromkeys(name for text in _texts(found) for name in rendering.names_in(text))
    return [name for name in names if name.partition(".")[0] not in _GIVEN]


async def save(
    session: AsyncSession,
    content_id: uuid.UUID,
    *,
    version: int,
    name: str,
    template_id: uuid.UUID | None = None,
) -> Template:
    """Make a template of the product's from ``version``, or find it there. Raises ``Stale`` and ``InvalidInput``."""
    found = await content.at_version(session, content_id, version)
    variables, texts = variables_of(found), _texts(found)
    shape: dict[str, Any] = (
        {"format": "thread", "parts": texts} if len(texts) > 1 else {"format": "single", "body": texts[0]}
    )
    return await templates.create(
        session,
        template_id=template_id,
        product_id=found.product_id,
        name=name,
        content_type=(found.content_type if variables else None) or _ANY_KIND,
        structure={"variables": variables} | shape,
    )


def _texts(found: Content) -> list[str]:
    """The texts of the parts; formatting marks inside braces (`{first\\_name}`) belong to no name."""
    threads = (forms.of(found.adapted, platform).get("thread") for platform in found.adapted)
    parts = next((thread for thread in threads if isinstance(thread, list) and thread), [found.original_text])
    return [_BRACES.sub(lambda match: match[0].replace("\\", ""), str(part)) for part in parts]
