"""How do rows become a document again? What `import` reads, with ${NAME} where a secret was."""

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.models import Automation
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.platforms.base import Platform
from core.products import webhook_secret
from core.products.models import Product
from core.security.keyring import Keyring
from core.settings.models import Setting
from core.settings.service import GROUPS
from core.templates.models import Template
from core.transfer.document import AutomationPart, TemplatePart
from core.transfer.parsing import escape, is_yaml


async def document_of(
    session: AsyncSession, keyring: Keyring, platforms: Mapping[str, Platform], *, with_secrets: bool
) -> dict[str, Any]:
    """Return everything an import can bring back.

    Raises ``CannotOpen`` when secrets are wanted and a stored one does not open.
    """
    known = {group.key: set(group.model_fields) for group in GROUPS}
    stored = {row.key: row.value for row in await session.scalars(select(Setting).order_by(Setting.key))}
    rows = await session.scalars(select(Product).order_by(Product.created_at, Product.slug))
    return {
        "products": [
            await _product(session, keyring, platforms, product, with_secrets=with_secrets)
            for product in rows
        ],
        "templates": await _templates(session, None),
        "settings": {
            key: _escaped({name: value for name, value in stored[key].items() if name in known[key]})
            for key in stored
            if key in known
        },
    }


def as_text(document: Mapping[str, Any], file_name: str) -> str:
    """Return ``document`` as YAML for `.yaml` and `.yml`, else as JSON."""
    if is_yaml(file_name):
        return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=110)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


async def _product(
    session: AsyncSession,
    keyring: Keyring,
    platforms: Mapping[str, Platform],
    product: Product,
    *,
    with_secrets: bool,
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "name": _escaped(product.name),
        "slug": product.slug,
        "description": _escaped(product.description),
        "brand_voice": _escaped(product.brand_voice),
    }
    if product.webhook_secret is not None:
        result["webhook_secret"] = (
            _escaped(webhook_secret.reveal(keyring, product))
            if with_secrets
            else variable_name(product.slug, "webhook_secret")
        )
    result["settings"] = _escaped(product.settings)
    result["channels"] = [
        _channel(keyring, platforms, product, channel, with_secrets=with_secrets)
        for channel in await channels.list_for_product(session, product.id)
        if channel.status != ChannelStatus.DISCONNECTED  # it has no credentials that could be used
    ]
    result["templates"] = await _templates(session, product.id)
    automations = (
        select(Automation)
        .where(Automation.product_id == product.id)
        .order_by(Automation.created_at, Automation.name)
    )
    result["automations"] = [_fields(row, AutomationPart) for row in await session.scalars(automations)]
    return result


def _channel(
    keyring: Keyring,
    platforms: Mapping[str, Platform],
    product: Product,
    channel: Channel,
    *,
    with_secrets: bool,
) -> dict[str, Any]:
    if with_secrets:
        credentials = _escaped(channels.open_credentials(keyring, channel))
    else:
        platform = platforms.get(channel.platform)
        names = (
            [name for name, info in platform.credentials.model_fields.items() if info.is_required()]
            if platform
            else []
        )
        credentials = {name: variable_name(product.slug, channel.platform, name) for name in names}
    return {
        "platform": channel.platform,
        "platform_name": _escaped(channel.platform_name),
        "credentials": credentials,
        "settings": _escaped(channel.settings),
    }


async def _templates(session: AsyncSession, product_id: uuid.UUID | None) -> list[dict[str, Any]]:
    query = select(Template).where(Template.product_id == product_id, Template.key.is_(None))
    rows = await session.scalars(query.order_by(Template.created_at, Template.name))
    return [_fields(row, TemplatePart) for row in rows]


def _fields(row: Template | Automation, part: type[TemplatePart] | type[AutomationPart]) -> dict[str, Any]:
    return {name: _escaped(getattr(row, name)) for name in part.model_fields}


def variable_name(*words: str) -> str:
    """Return the ${NAME} that stands for a secret of a product, e.g. ${MOONBIRD_TELEGRAM_BOT_TOKEN}."""
    name = re.sub(r"[^A-Z0-9]+", "_", "_".join(words).upper()).strip("_")
    return f"${{{name if not name[:1].isdigit() else '_' + name}}}"


def _escaped(value: Any) -> Any:
    match value:
        case str():
            return escape(value)
        case dict():
            return {key: _escaped(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_escaped(inner) for inner in value]
        case _:
            return value
