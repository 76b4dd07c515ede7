"""How does a document become rows? In one transaction, changing only what differs."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.models import Automation
from core.channels import service as channels
from core.channels.models import Channel
from core.db import locks
from core.db.locks import Lock
from core.ids import new_id
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.products.voice import BrandVoice
from core.security.keyring import CannotOpen, Keyring
from core.settings import service as settings
from core.settings.models import Setting
from core.templates.models import Template
from core.transfer.document import AutomationPart, ChannelPart, Document, ProductPart, TemplatePart

KINDS = ("products", "channels", "templates", "automations", "settings")
OUTCOMES = ("created", "updated", "unchanged")

_Row = TypeVar("_Row", Template, Automation)


@dataclass(slots=True)
class Report:
    """How many things of each kind were created, updated, or found as they should be."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})

    def note(self, kind: str, *, created: bool, changed: bool) -> None:
        """Count one thing."""
        self.counts[kind]["created" if created else "updated" if changed else "unchanged"] += 1

    @property
    def changed(self) -> bool:
        """True when anything was written."""
        return any(counter["created"] or counter["updated"] for counter in self.counts.values())


async def apply(session: AsyncSession, keyring: Keyring, document: Document) -> Report:
    """Write ``document``. What it does not name stays as it is; nothing is removed."""
    await locks.hold(session, Lock.IMPORT)
    report = Report()
    for name, fields in document.settings.items():
        report.note("settings", created=False, changed=await _apply_settings(session, name, fields))
    await _apply_templates(session, None, document.templates, report)
    for part in document.products:
        await _apply_product(session, keyring, part, report)
    return report


async def _apply_settings(session: AsyncSession, name: str, fields: dict[str, Any]) -> bool:
    group = next(group for group in settings.GROUPS if group.key == name)
    stored = await session.scalar(select(Setting.value).where(Setting.key == name)) or {}
    if stored | fields == stored:
        return False
    await settings.change(session, group, **fields)
    return True


async def _apply_product(session: AsyncSession, keyring: Keyring, part: ProductPart, report: Report) -> None:
    product = await products.by_slug(session, part.key)
    created = product is None
    if product is None:
        product = Product(id=new_id(), name=part.name, slug=part.key, settings={})
        session.add(product)
    values = part.given("slug", "brand_voice", "webhook_secret", "channels", "templates", "automations")
    if created or part.brand_voice is not None:
        values["brand_voice"] = (part.brand_voice or BrandVoice()).stored()
    changed = _set_differing(product, values)
    if "webhook_secret" in part.model_fields_set and _secret_differs(keyring, product, part.webhook_secret):
        webhook_secret.seal(keyring, product, part.webhook_secret)
        changed = True
    await session.flush()
    report.note("products", created=created, changed=changed)
    for channel in part.channels:
        await _apply_channel(session, keyring, product.id, channel, report)
    await _apply_templates(session, product.id, part.templates, report)
    await _apply_automations(session, product.id, part.automations, report)


def _secret_differs(keyring: Keyring, product: Product, wanted: str | None) -> bool:
    try:
        return webhook_secret.reveal(keyring, product) != wanted
    except CannotOpen:
        return True  # sealed with a key that is gone: what the document says replaces it


async def _apply_channel(
    session: AsyncSession, keyring: Keyring, product_id: uuid.UUID, part: ChannelPart, report: Report
) -> None:
    existing = await session.scalar(
        select(Channel).where(Channel.product_id == product_id, Channel.platform == part.platform)
    )
    changed = existing is None or _channel_differs(keyring, existing, part)
    if changed:
        await channels.connect(
            session,
            keyring,
            product_id=product_id,
            platform=part.platform,
            platform_name=_kept(part, "platform_name", existing),
            credentials=part.credentials,
            settings=_kept(part, "settings", existing),
        )
    report.note("channels", created=existing is None, changed=changed)


def _kept(part: ChannelPart, name: str, existing: Channel | None) -> Any:
    return getattr(part if existing is None or name in part.model_fields_set else existing, name)


def _channel_differs(keyring: Keyring, channel: Channel, part: ChannelPart) -> bool:
    try:
        if channels.open_credentials(keyring, channel) != part.credentials:
            return True
    except CannotOpen:
        return True
    return any(
        getattr(channel, name) != value for name, value in part.given("platform", "credentials").items()
    )


async def _apply_templates(
    session: AsyncSession, product_id: uuid.UUID | None, parts: Sequence[TemplatePart], report: Report
) -> None:
    query = select(Template).where(Template.product_id == product_id, Template.key.is_(None))
    existing = _by_name(list(await session.scalars(query.order_by(Template.created_at.desc()))))
    for part in parts:
        row = existing.get(part.name) or Template(id=new_id(), product_id=product_id, name=part.name)
        _apply_row(session, row, part, report, "templates", created=part.name not in existing)


async def _apply_automations(
    session: AsyncSession, product_id: uuid.UUID, parts: Sequence[AutomationPart], report: Report
) -> None:
    query = select(Automation).where(Automation.product_id == product_id)
    existing = _by_name(list(await session.scalars(query.order_by(Automation.created_at.desc()))))
    for part in parts:
        row = existing.get(part.name) or Automation(id=new_id(), product_id=product_id, name=part.name)
        _apply_row(session, row, part, report, "automations", created=part.name not in existing)


def _by_name(rows: list[_Row]) -> dict[str, _Row]:
    return {row.name: row for row in rows}  # of several with one name the oldest, which comes last


def _apply_row(
    session: AsyncSession,
    row: Template | Automation,
    part: TemplatePart | AutomationPart,
    report: Report,
    kind: str,
    *,
    created: bool,
) -> None:
    if created:
        session.add(row)
    changed = _set_differing(row, part.model_dump() if created else part.given())
    report.note(kind, created=created, changed=changed)


def _set_differing(row: object, values: dict[str, Any]) -> bool:
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
