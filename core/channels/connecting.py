"""How does an account become a product's channel? Asked for step by step, proved at the platform, and only then kept."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service
from core.channels.errors import AnotherAccount, ChannelLacksRights, ChannelTaken
from core.channels.models import Channel, ChannelStatus
from core.db import locks
from core.errors import InvalidInput, Stale, Unsupported
from core.ids import new_id
from core.platforms.base import Account, Platform, Target
from core.platforms.connecting import Step, Way
from core.products.models import Product
from core.runtime import Runtime

# Fields of credentials that are no secret and do not say whose they are.
_NO_NAMES = frozenset({"client_id", "device_id", "expires_at"})


class _NoCredentials(BaseModel):
    """What a target has before anything was given."""


@dataclass(frozen=True, slots=True)
class Found:
    """An account that let us in: what to keep, and what the platform says of it."""

    platform: Platform
    credentials: Mapping[str, Any]
    account: Account
    settings: Mapping[str, Any] = field(
        default_factory=dict
    )  # where it was found, if not at the usual address


def platforms(runtime: Runtime) -> list[Platform]:
    """Return the platforms that can be connected in the panel; where every way is closed, it says what to do."""
    return [
        platform
        for platform in runtime.platforms.values()
        if ways(runtime, platform) or closed(runtime, platform)
    ]


def ways(runtime: Runtime, platform: Platform) -> list[Way]:
    """Return the ways that are open here."""
    return [
        way
        for way in platform.ways
        if way.provided(runtime.settings) is not None and not way.lacks(runtime.settings)
    ]


def closed(runtime: Runtime, platform: Platform) -> list[tuple[Way, tuple[str, ...]]]:
    """Return the ways that some settings would open, with the names of those settings."""
    lacking = [(way, way.lacks(runtime.settings)) for way in platform.ways]
    return [(way, names) for way, names in lacking if names]


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


async def prove(
    runtime: Runtime,
    platform: Platform,
    step: Step,
    given: Mapping[str, str],
    kept: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """Say whose the value given at ``step`` is; empty where only the whole can be proved. Raises ``PlatformError``."""
    if step.prove is None:
        return ""
    where = settings_of(runtime, platform, given)
    return await step.prove(target(runtime, platform, _NoCredentials(), {**kept, **where}), given)


async def examine(
    runtime: Runtime,
    platform: Platform,
    way: Way,
    given: Mapping[str, str],
    kept: Mapping[str, Any] = MappingProxyType({}),
) -> Found:
    """Ask the platform about the account. ``kept`` are the settings of the channel that is connected again.

    Raises ``PlatformError``, and ``InvalidInput`` for what cannot be used.
    """
    where = settings_of(runtime, platform, given)
    values: dict[str, Any] = {**(way.provided(runtime.settings) or {}), **given}
    if way.complete is not None:
        known = await way.complete(target(runtime, platform, _NoCredentials(), {**kept, **where}), given)
        fields = platform.credentials.model_fields
        values |= {name: value for name, value in known.items() if name in fields}
        where |= {name: value for name, value in known.items() if name not in fields}
    return await prove_account(
        runtime, platform, {name: value for name, value in values.items() if name not in where}, where, kept
    )


async def prove_account(
    runtime: Runtime,
    platform: Platform,
    values: Mapping[str, Any],
    where: Mapping[str, Any],
    kept: Mapping[str, Any] = MappingProxyType({}),
) -> Found:
    """Ask the platform about the account that the credentials ``values`` open. Raises as ``examine``."""
    try:
        credentials = platform.credentials.model_validate(values)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise InvalidInput(f"these credentials cannot be used: {fields}", reason="credentials") from None
    account = await platform.check(target(runtime, platform, credentials, {**kept, **where}))
    return Found(platform, {**_plain(credentials), **account.credentials}, account, where)


def settings_of(runtime: Runtime, platform: Platform, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what of the answers is a setting of the channel; ``PLATFORM_BASES`` stands in where none names a server."""
    steps = {step.field for way in platform.ways for step in way.steps if step.setting}
    chosen = {name: value for name, value in given.items() if name in steps}
    stand_in = runtime.settings.platform_bases.get(platform.slug)
    if stand_in is None or "api_base" in chosen:
        return chosen
    return {"api_base": stand_in, "oauth_base": stand_in, **chosen}


def target_of(runtime: Runtime, found: Found) -> Target:
    """Make the account ready for a test post."""
    credentials = found.platform.credentials.model_validate(dict(found.credentials))
    return target(runtime, found.platform, credentials, {**found.settings, **found.account.settings})


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
    before = await of_product(session, product_id, found.platform.slug)
    channel = await service.connect(
        session,
        runtime.keyring,
        product_id=product_id,
        platform=found.platform.slug,
        platform_name=found.account.name[: service.NAME_LIMIT],
        credentials=found.credentials,
    )
    channel.settings = {**(before.settings if before else {}), **found.settings, **found.account.settings}
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


def is_another(runtime: Runtime, channel: Channel, found: Found) -> bool:
    """Tell whether ``found`` is another account than the channel's, while that is connected."""
    try:
        refuse_another(runtime, channel, found)
    except AnotherAccount:
        return True
    return False


def refuse_another(runtime: Runtime, channel: Channel, found: Found) -> None:
    """Raise ``AnotherAccount`` unless the channel, while it is connected, has had this very account.

    Credentials that do not say whose they are (imported ones may not) are compared by the names shown.
    """
    if channel.status != ChannelStatus.DISCONNECTED and differs(runtime, channel, found):
        raise AnotherAccount(
            "this is another account than the channel's",
            before=channel.platform_name or channel.platform,
            name=found.account.name,
        )


def differs(runtime: Runtime, channel: Channel, found: Found) -> bool:
    """Tell whether ``found`` is another account than the one the channel has, or had before it was disconnected."""
    before = names(runtime, channel)
    shown = {
        str(name).casefold() for name in (channel.platform_name, channel.settings.get("username")) if name
    }
    known = {name.casefold() for name in found.account.known_as}
    return not (before & known if before and known else shown & {found.account.name.casefold(), *known})


def names(runtime: Runtime, channel: Channel) -> set[str]:
    """Return how the channel's own credentials call its account."""
    parts = service.open_parts(runtime.keyring, channel)
    return {
        str(value).casefold() for name, value in parts.items() if name not in _NO_NAMES and value is not None
    }


async def known_as(session: AsyncSession, runtime: Runtime, slug: str, name: str) -> list[Channel]:
    """Return the channels of a platform whose credentials call their account ``name``; disconnected ones, too."""
    rows = await session.scalars(select(Channel).where(Channel.platform == slug))
    return [channel for channel in rows if name.casefold() in names(runtime, channel)]


async def of_product(session: AsyncSession, product_id: uuid.UUID, slug: str) -> Channel | None:
    """Return the product's channel on a platform, whatever its state."""
    return await session.scalar(
        select(Channel).where(Channel.product_id == product_id, Channel.platform == slug)
    )


def target(
    runtime: Runtime, platform: Platform, credentials: BaseModel, settings: Mapping[str, Any]
) -> Target:
    """Make an account ready to be called that is not kept yet."""
    return service.make_target(runtime, platform, credentials, channel_id=new_id(), settings=settings)


def _plain(credentials: BaseModel) -> dict[str, Any]:
    """Return the credentials as they are sealed: secrets in the clear."""
    dumped = credentials.model_dump(exclude_none=True)
    return {name: _written(value) for name, value in dumped.items()}


def _written(value: Any) -> Any:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return value.isoformat() if isinstance(value, datetime) else value
