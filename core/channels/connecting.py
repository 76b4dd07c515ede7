"""How does an account become a product's channel? Asked for step by step, proved at the platform, and only then kept."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service
from core.channels.errors import ChannelLacksRights, ChannelTaken
from core.channels.models import Channel, ChannelStatus
from core.db import locks
from core.errors import InvalidInput, Stale, Unsupported
from core.ids import new_id
from core.platforms.base import Account, Platform, Target
from core.platforms.connecting import Step, Way
from core.products.models import Product
from core.runtime import Runtime


class _NoCredentials(BaseModel):
    """What a target has before anything was given."""


@dataclass(frozen=True, slots=True)
class Found:
    """An account that let us in: what to keep, and what the platform says of it."""

    platform: Platform
    credentials: Mapping[str, Any]
    account: Account


def platforms(runtime: Runtime) -> list[Platform]:
    """Return the platforms that can be connected in the panel."""
    return [platform for platform in runtime.platforms.values() if ways(runtime, platform)]


def ways(runtime: Runtime, platform: Platform) -> list[Way]:
    """Return the ways that are open here."""
    return [way for way in platform.ways if way.provided(runtime.settings) is not None]


def way_of(runtime: Runtime, slug: str, code: str) -> tuple[Platform, Way]:
    """Return the platform and its way called ``code``. Raises ``Unsupported``."""
    platform = runtime.platforms.get(slug)
    if platform is not None:
        for way in ways(runtime, platform):
            if way.code == code:
                return platform, way
    raise Unsupported(f"there is no way {code!r} to connect {slug!r}", platform=slug)


def own_bot_way(runtime: Runtime) -> tuple[Platform, Way] | None:
    """Return the way by which a chat is connected that the panel's own bot was added to."""
    return next(((p, way) for p in platforms(runtime) for way in ways(runtime, p) if way.own_bot), None)


async def prove(runtime: Runtime, platform: Platform, step: Step, given: Mapping[str, str]) -> str:
    """Say whose the value given at ``step`` is; empty where only the whole can be proved. Raises ``PlatformError``."""
    if step.prove is None:
        return ""
    return await step.prove(_target(runtime, platform, _NoCredentials()), given)


async def examine(runtime: Runtime, platform: Platform, way: Way, given: Mapping[str, str]) -> Found:
    """Ask the platform about the account. Raises ``PlatformError``, and ``InvalidInput`` for what cannot be used."""
    values = {**(way.provided(runtime.settings) or {}), **given}
    try:
        credentials = platform.credentials.model_validate(values)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise InvalidInput(f"these credentials cannot be used: {fields}", reason="credentials") from None
    account = await platform.check(_target(runtime, platform, credentials))
    return Found(platform, {**_plain(credentials), **account.credentials}, account)


def target_of(runtime: Runtime, found: Found) -> Target:
    """Make the account ready for a test post."""
    return _target(
        runtime, found.platform, found.platform.credentials.model_validate(dict(found.credentials))
    )


async def keep(session: AsyncSession, runtime: Runtime, product_id: uuid.UUID, found: Found) -> Channel:
    """Make the account the product's channel, new or again; what waited in its queue goes on.

    Raises ``ChannelTaken`` (it is another product's), ``ChannelLacksRights``, ``Stale`` (the product is archived).
    """
    if not found.account.usable:
        raise ChannelLacksRights("the account may not publish", name=found.account.name)
    product = await session.get_one(Product, product_id)
    if product.archived_at is not None:
        raise Stale("the product has been archived", product_id=product_id)
    await refuse_taken(session, runtime, product_id, found)
    before = await _of_product(session, product_id, found.platform.slug)
    channel = await service.connect(
        session,
        runtime.keyring,
        product_id=product_id,
        platform=found.platform.slug,
        platform_name=found.account.name[: service.NAME_LIMIT],
        credentials=found.credentials,
    )
    channel.settings = {**(before.settings if before else {}), **found.account.settings}
    return channel


async def refuse_taken(session: AsyncSession, runtime: Runtime, product_id: uuid.UUID, found: Found) -> None:
    """Raise ``ChannelTaken`` when another product has this very account connected."""
    # Credentials are sealed, so no unique key can see them: whoever compares does so alone.
    await locks.hold(session, locks.Lock.CHANNELS)
    rows = await session.execute(
        select(Channel, Product.name)
        .join(Product, Product.id == Channel.product_id)
        .where(
            Channel.platform == found.platform.slug,
            Channel.product_id != product_id,
            Channel.status != ChannelStatus.DISCONNECTED,
        )
    )
    for channel, product_name in rows:
        if names(runtime, channel) & {name.casefold() for name in found.account.known_as}:
            raise ChannelTaken(
                "this account is another product's channel",
                name=found.account.name,
                product=product_name,
            )


def names(runtime: Runtime, channel: Channel) -> set[str]:
    """Return how the channel's own credentials call its account."""
    return {str(value).casefold() for value in service.open_parts(runtime.keyring, channel).values()}


async def known_as(session: AsyncSession, runtime: Runtime, slug: str, name: str) -> list[Channel]:
    """Return the channels of a platform whose credentials call their account ``name``; disconnected ones, too."""
    rows = await session.scalars(select(Channel).where(Channel.platform == slug))
    return [channel for channel in rows if name.casefold() in names(runtime, channel)]


async def _of_product(session: AsyncSession, product_id: uuid.UUID, slug: str) -> Channel | None:
    return await session.scalar(
        select(Channel).where(Channel.product_id == product_id, Channel.platform == slug)
    )


def _target(runtime: Runtime, platform: Platform, credentials: BaseModel) -> Target:
    return service.make_target(runtime, platform, credentials, channel_id=new_id(), settings={})


def _plain(credentials: BaseModel) -> dict[str, Any]:
    """Return the credentials as they are sealed: secrets in the clear."""
    dumped = credentials.model_dump(exclude_none=True)
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in dumped.items()
    }
