"""What can be done with channels?"""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core import redaction
from core.channels.models import Channel, ChannelStatus
from core.errors import InvalidInput, NotFound, Stale, Unsupported
from core.ids import new_id
from core.media.public import public_address
from core.platforms.base import Platform, Target
from core.platforms.registry import get_platform
from core.runtime import Runtime
from core.security.keyring import CannotOpen, Keyring

NAME_LIMIT = 255  # characters


def _context(channel_id: uuid.UUID) -> tuple[str, str, str]:
    """What a channel's credentials are bound to when sealed."""
    return "channels", str(channel_id), "credentials"


async def connect(
    session: AsyncSession,
    keyring: Keyring,
    *,
    product_id: uuid.UUID,
    platform: str,
    platform_name: str | None,
    credentials: Mapping[str, Any],
    settings: Mapping[str, Any] | None = None,
) -> Channel:
    """Save a product's channel on ``platform``, new or again; its queue goes on.

    The caller has proved that the credentials work. Raises ``InvalidInput`` or ``Unsupported``.
    """
    known = get_platform(platform)
    try:
        known.credentials.model_validate(dict(credentials))
    except ValidationError as error:
        fields = ", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors())
        raise InvalidInput(
            f"these credentials cannot be used: {fields}", platform=platform, fields=fields
        ) from None
    channel = await session.scalar(
        select(Channel)
        .where(Channel.product_id == product_id, Channel.platform == platform)
        .with_for_update()
    )
    if channel is None:
        channel = Channel(id=new_id(), product_id=product_id, platform=platform, credentials={}, settings={})
        session.add(channel)
    seal_credentials(keyring, known, channel, credentials)
    channel.platform_name = platform_name
    if settings is not None:
        channel.settings = dict(settings)
    channel.status, channel.error_message = ChannelStatus.ACTIVE, None
    await session.flush()
    return channel


async def get(session: AsyncSession, channel_id: uuid.UUID) -> Channel:
    """Return the channel. Raises ``NotFound``."""
    channel = await session.get(Channel, channel_id)
    if channel is None:
        raise NotFound("there is no such channel", channel_id=channel_id)
    return channel


async def list_for_product(session: AsyncSession, product_id: uuid.UUID) -> list[Channel]:
    """Return a product's channels by platform; disconnected ones too."""
    return list(
        await session.scalars(
            select(Channel).where(Channel.product_id == product_id).order_by(Channel.platform)
        )
    )


async def connected_platforms(session: AsyncSession, product_id: uuid.UUID) -> set[str]:
    """Return the slugs of the platforms a product's channels stand on; disconnected ones do not count."""
    rows = await list_for_product(session, product_id)
    return {row.platform for row in rows if row.status != ChannelStatus.DISCONNECTED}


def open_credentials(keyring: Keyring, channel: Channel) -> dict[str, Any]:
    """Return a channel's credentials in the clear. Raises ``core.security.keyring.CannotOpen``."""
    return keyring.open_json(channel.credentials, *_context(channel.id))


def seal_credentials(
    keyring: Keyring, platform: Platform, channel: Channel, credentials: Mapping[str, Any]
) -> None:
    """Put valid ``credentials`` into the channel's row, sealed, and note when they end."""
    read = platform.credentials.model_validate(dict(credentials))
    channel.credentials = dict(keyring.seal_json(credentials, *_context(channel.id)))
    channel.credentials_expire_at = platform.expires_at(read) if platform.expires_at else None


def target(runtime: Runtime, channel: Channel) -> Target:
    """Make ``channel`` ready to be called. Raises ``CannotOpen``, ``Unsupported``, ``InvalidInput``."""
    platform = runtime.platforms.get(channel.platform) or get_platform(channel.platform)
    try:
        credentials = platform.credentials.model_validate(open_credentials(runtime.keyring, channel))
    except ValidationError:
        raise InvalidInput("the channel's stored credentials are incomplete; connect it again") from None
    return make_target(runtime, platform, credentials, channel_id=channel.id, settings=channel.settings)


def make_target(
    runtime: Runtime,
    platform: Platform,
    credentials: BaseModel,
    *,
    channel_id: uuid.UUID,
    settings: Mapping[str, Any],
) -> Target:
    """Make an account ready to be called, whether a channel of it is kept already or not."""
    redaction.learn_from(credentials)
    configured = (
        str(runtime.settings.telegram_api_base) if platform.slug == "telegram" else platform.default_api_base
    )
    return Target(
        channel_id=channel_id,
        credentials=credentials,
        settings=settings,
        http=runtime.http,
        media=runtime.media,
        clock=runtime.clock,
        api_base=str(settings.get("api_base") or configured).rstrip("/"),
        public_address=partial(
            public_address,
            base=str(runtime.settings.public_url) if runtime.settings.public_url else None,
            keyring=runtime.keyring,
            now=runtime.clock.now(),
        ),
    )


async def mark_error(session: AsyncSession, channel_id: uuid.UUID, message: str) -> bool:
    """Record that the channel's credentials are refused. True when that is news (the owner is told once)."""
    changed = await session.scalar(
        update(Channel)
        .where(Channel.id == channel_id, Channel.status == ChannelStatus.ACTIVE)
        .values(status=ChannelStatus.ERROR, error_message=message)
        .returning(Channel.id)
    )
    return changed is not None


async def mark_ended(session: AsyncSession, channel_id: uuid.UUID, now: datetime) -> None:
    """Record that the platform calls the credentials ended, whatever they say of themselves: they are renewed next."""
    await session.execute(update(Channel).where(Channel.id == channel_id).values(credentials_expire_at=now))


async def mark_used(session: AsyncSession, channel_ids: Collection[uuid.UUID], now: datetime) -> None:
    """Record a successful use.

    Passes over a row that somebody else is writing: posts of one channel would queue up for a moment that the next
    one records as well.
    """
    free = (
        select(Channel.id)
        .where(Channel.id.in_(channel_ids))
        .with_for_update(key_share=True, skip_locked=True)
    )
    await session.execute(
        update(Channel)
        .where(Channel.id.in_(free))
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )


async def mark_working(session: AsyncSession, channel_id: uuid.UUID) -> None:
    """Record that a look at the platform found everything in order; a disconnected channel stays so."""
    await session.execute(
        update(Channel)
        .where(Channel.id == channel_id, Channel.status != ChannelStatus.DISCONNECTED)
        .values(status=ChannelStatus.ACTIVE, error_message=None)
    )


async def rename(session: AsyncSession, channel_id: uuid.UUID, name: str) -> None:
    """Show the channel under another name. Raises ``InvalidInput``, ``NotFound``."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LIMIT:
        raise InvalidInput(f"a channel's name has 1 to {NAME_LIMIT} characters")
    (await _locked(session, channel_id)).platform_name = name


async def choose(session: AsyncSession, channel_id: uuid.UUID, name: str, value: bool | str) -> None:
    """Set one of the choices the platform offers for its channels. Raises ``InvalidInput``, ``NotFound``."""
    channel = await _locked(session, channel_id)
    offered = {choice.name: choice.values for choice in get_platform(channel.platform).choices}
    if value not in offered.get(name, ()):
        raise InvalidInput("this channel has no such setting", reason="no-option", setting=name)
    channel.settings = {**channel.settings, name: value}


async def disconnect(session: AsyncSession, keyring: Keyring, channel_id: uuid.UUID) -> None:
    """Forget the channel's secrets and hold its queue. What is no secret (which chat it is) is kept for the way back.

    Raises ``Stale`` when it is disconnected already, ``NotFound``.
    """
    channel = await _locked(session, channel_id)
    if channel.status == ChannelStatus.DISCONNECTED:
        raise Stale("the channel is disconnected already", channel_id=channel_id)
    kept = open_parts(keyring, channel)
    channel.credentials = dict(keyring.seal_json(kept, *_context(channel.id)))
    channel.status, channel.error_message = ChannelStatus.DISCONNECTED, None


def open_parts(keyring: Keyring, channel: Channel) -> dict[str, Any]:
    """Return what of the credentials is no secret; nothing when they cannot be opened."""
    try:
        opened = open_credentials(keyring, channel)
        secret = secret_fields(get_platform(channel.platform))
    except (CannotOpen, Unsupported):
        return {}
    return {name: value for name, value in opened.items() if name not in secret}


def secret_fields(platform: Platform) -> frozenset[str]:
    """Return which fields of the platform's credentials nobody may see."""
    return frozenset(
        name for name, info in platform.credentials.model_fields.items() if "Secret" in str(info.annotation)
    )


async def _locked(session: AsyncSession, channel_id: uuid.UUID) -> Channel:
    channel = await session.get(Channel, channel_id, with_for_update=True, populate_existing=True)
    if channel is None:
        raise NotFound("there is no such channel", channel_id=channel_id)
    return channel
