"""What is known about one piece of news? Names, numbers and words by what its payload points at."""

import uuid
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.models import Automation
from core.channels import service as channels
from core.content import service as content
from core.notifications import troubles
from core.notifications.models import Notification
from core.platforms.registry import title_of
from core.products import service as products
from core.publications import queries
from core.text.markdown import parse
from core.text.plain import one_line

_EXCERPT = 300  # characters
_VALUE = 500

Facts = dict[str, str]


async def gather(
    session: AsyncSession, notification: Notification, parts: Mapping[str, str], zone: tzinfo
) -> Facts:
    """Return what can be said. Raises ``NotFound`` when what it was about is gone. ``parts`` are names of our own."""
    payload = notification.payload
    facts = {
        name: _short(str(value), _VALUE)
        for name, value in payload.items()
        if isinstance(value, str | int | float)
    }
    facts["kind"] = notification.kind
    if notification.product_id is not None:
        facts["product"] = (await products.get(session, notification.product_id)).name
    if "publication_ids" in payload:
        facts["n"] = str(len(payload["publication_ids"]))
    if payload.get("publication_id"):
        facts |= await _publication(session, _id(payload["publication_id"]))
    if "content_id" in payload:
        row = await content.get(session, _id(payload["content_id"]))
        facts |= {
            "number": str(row.number),
            "excerpt": _short(parse(row.original_text[:2000]).text, _EXCERPT),
        }
    if "channel_id" in payload:
        channel = await channels.get(session, _id(payload["channel_id"]))
        facts["platform"] = title_of(channel.platform)
        facts["channel"] = channel.platform_name or facts["platform"]
        facts["reason"] = _short(channel.error_message or "", _VALUE)
    if "automation_id" in payload:
        rule = await session.get(Automation, _id(payload["automation_id"]))
        facts["automation"] = rule.name if rule else "–"
    if "trouble_id" in payload:
        facts |= await _trouble(session, _id(payload["trouble_id"]), parts, zone)
    return facts


async def _publication(session: AsyncSession, publication_id: uuid.UUID) -> Facts:
    item = await queries.details(session, publication_id)
    return {
        "number": str(item.content_number),
        "channel": item.outlet,
        "product": item.product_name,
        "excerpt": _short(item.excerpt, _EXCERPT),
        "reason": _short(item.error_message or item.error_code or "", _VALUE),
        "url": item.url or "",
    }


async def _trouble(
    session: AsyncSession, trouble_id: uuid.UUID, parts: Mapping[str, str], zone: tzinfo
) -> Facts:
    found = await troubles.get(session, trouble_id)
    kind, _, name = found.key.partition("/")
    what = parts.get(name if kind == "part" else kind) or name or kind
    return {
        "what": what,
        "began": _moment(found.began_at, zone),
        "ended": _moment(found.ended_at, zone) if found.ended_at else "–",
    }


def _moment(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%d.%m.%Y %H:%M}"


def _short(text: str, limit: int) -> str:
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _id(value: Any) -> uuid.UUID:
    return uuid.UUID(str(value))
