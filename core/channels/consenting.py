"""How does the owner let NEXUS in on a platform's own page? A link is made, comes back once with a code, and is settled.

No transaction is open while the platform is called. Whatever happens after the link was taken, the consent is settled
and the owner told by the same commit; what is not settled (a process died) is over, and another link is one tap away.
"""

import re
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from core.channels import applications, connecting, consents, granting, queries
from core.channels.connecting import Found
from core.channels.consents import Refusal, Refused
from core.channels.errors import ConsentDenied, ConsentRefused
from core.channels.models import Channel, ChannelConsent, ChannelStatus, ConsentStatus
from core.errors import NexusError, PlatformError, Stale
from core.ids import new_id
from core.platforms import oauth
from core.platforms.connecting import Consent, Offered
from core.runtime import Runtime

log = structlog.get_logger(__name__)

_DENIED = frozenset({"access_denied", "user_denied", "user_cancelled_login", "user_cancelled_authorize"})
_WORD = re.compile(r"[^\w -]+")


@dataclass(frozen=True, slots=True)
class Link:
    """Where the owner agrees."""

    consent_id: uuid.UUID
    address: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What the platform's page sent the owner back with."""

    state: str
    code: str = field(default="", repr=False)
    error: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a callback: a refused link, or where the consent stands now; ``chat_id`` is the owner's."""

    status: ConsentStatus | Refusal
    chat_id: int | None = None
    denied: bool = False


async def start(
    runtime: Runtime,
    *,
    product_id: uuid.UUID,
    platform: str,
    way: str,
    given: Mapping[str, str],
    chat_id: int,
    message_id: int,
) -> Link:
    """Make a link to the consent page. ``given`` are the answers to the way's steps.

    Raises ``Unsupported`` where the way is closed, and like ``core.channels.applications.client_of``.
    """
    known, chosen = connecting.way_of(runtime, platform, way)
    consent = granting.consent_of(chosen)
    async with runtime.unit_of_work() as session:
        before = await connecting.of_product(session, product_id, platform)
    target = granting.target(runtime, known, given, before)
    redirect = f"{str(runtime.settings.public_url).rstrip('/')}/oauth/{platform}/callback"
    client = await applications.client_of(runtime, known, consent, target, redirect)
    state, verifier, now = secrets.token_urlsafe(32), oauth.new_verifier(), runtime.clock.now()
    identifier = new_id()
    row = ChannelConsent(
        id=identifier, state_hash=consents.hashed(state), platform=platform, way=way, product_id=product_id,
        channel_id=before.id if before else None, chat_id=chat_id, message_id=message_id, given=dict(given),
        secret=consents.seal(runtime.keyring, identifier, {"verifier": verifier, "redirect": redirect}),
        expires_at=now + consents.LIFETIME,
    )  # fmt: skip
    async with runtime.unit_of_work() as session:
        await consents.open_one(session, row, now)
    address = oauth.consent_address(
        consent.oauth, client, redirect=redirect, state=state, verifier=verifier,
        authorize=granting.address(consent.oauth.authorize, target),
    )  # fmt: skip
    return Link(identifier, address)


async def finish(runtime: Runtime, platform: str, returned: Returned) -> Ending:
    """Take the link that the owner came back by, and settle it. Every trouble is told in the chat, not raised."""
    async with runtime.unit_of_work() as session:
        consent = await consents.claim(session, platform, returned.state, runtime.clock.now())
    if isinstance(consent, Refused):
        log.info("consent_link_refused", platform=platform, reason=consent.reason.value)
        return Ending(consent.reason, consent.chat_id)
    try:
        status = await _go_on(runtime, consent, returned)
    except NexusError as error:
        await _fail(runtime, consent, error)
        return Ending(ConsentStatus.FAILED, consent.chat_id, denied=isinstance(error, ConsentDenied))
    return Ending(status, consent.chat_id)


async def choose(runtime: Runtime, consent_id: uuid.UUID, place: int) -> ChannelConsent:
    """Connect the account at ``place`` of those the login gives; returns the settled consent.

    Raises ``Stale`` when there is nothing to choose (any more). Passing trouble leaves the choice open.
    """
    async with runtime.unit_of_work() as session:
        consent = await consents.claim_choice(session, consent_id, runtime.clock.now())
    offered = _offered(runtime, consent)
    try:
        if place >= len(offered):
            raise Stale("there is no such account", consent_id=consent_id)
        platform, _ = connecting.way_of(runtime, consent.platform, consent.way)
        before = await _before(runtime, consent)
        found = await granting.prove(runtime, platform, offered[place], consent.given, before)
        await _keep(runtime, consent, found, tell=False)
    except PlatformError as error:
        if error.actor != error.actor.NOBODY:
            await _fail(runtime, consent, error, tell=False)
        else:
            await _ask(runtime, consent, offered, consent.outcome, tell=False)
            raise
    except Stale:
        await _ask(runtime, consent, offered, consent.outcome, tell=False)
        raise
    except NexusError as error:
        await _fail(runtime, consent, error, tell=False)
    async with runtime.unit_of_work() as session:
        return await consents.get(session, consent_id)


async def _go_on(runtime: Runtime, consent: ChannelConsent, returned: Returned) -> ConsentStatus:
    if returned.error in _DENIED:
        raise ConsentDenied("the owner said no")
    if returned.error or not returned.code:
        reason = _WORD.sub(" ", returned.error)[:80] or "no code"
        raise ConsentRefused("the platform gave no code", reason=reason)
    platform, way = connecting.way_of(runtime, consent.platform, consent.way)
    before = await _before(runtime, consent)
    secret = consents.opened(runtime.keyring, consent)
    how = granting.Exchange(
        returned.code, str(secret["redirect"]), str(secret["verifier"]), _echoed(granting.consent_of(way), returned)
    )  # fmt: skip
    offered, rights = await granting.accounts(runtime, platform, way, how, consent.given, before)
    named = granting.own_of(runtime, before, offered)
    outcome: dict[str, Any] = {"rights": rights}
    if len(named) > 1:
        await _ask(runtime, consent, named, outcome)
        return ConsentStatus.CHOOSING
    found = await granting.prove(runtime, platform, named[0], consent.given, before)
    if before is not None and await _would_move(runtime, before, found):
        # The channel was disconnected as another account: its queue must not go there without a word.
        await _ask(
            runtime, consent, [_named(named[0], found)], {**outcome, "before": before.platform_name or ""}
        )
        return ConsentStatus.CHOOSING
    await _keep(runtime, consent, found, outcome)
    return ConsentStatus.DONE


def _echoed(consent: Consent, returned: Returned) -> dict[str, str]:
    return {name: returned.more[name] for name in consent.echoed if returned.more.get(name)}


def _named(offered: Offered, found: Found) -> Offered:
    return Offered(offered.credentials, offered.name or found.account.name, offered.settings)


async def _before(runtime: Runtime, consent: ChannelConsent) -> Channel | None:
    async with runtime.unit_of_work() as session:
        return await connecting.of_product(session, consent.product_id, consent.platform)


async def _would_move(runtime: Runtime, before: Channel, found: Found) -> bool:
    if before.status != ChannelStatus.DISCONNECTED or not connecting.differs(runtime, before, found):
        return False
    async with runtime.unit_of_work() as session:
        return await queries.waiting(session, before.id) > 0


async def _keep(
    runtime: Runtime,
    consent: ChannelConsent,
    found: Found,
    outcome: Mapping[str, Any] | None = None,
    *,
    tell: bool = True,
) -> None:
    """Keep the channel, settle the consent and have it told: one commit."""
    async with runtime.unit_of_work() as session:
        before = await connecting.of_product(session, consent.product_id, consent.platform)
        if before is not None:
            connecting.refuse_another(runtime, before, found)
        channel = await connecting.keep(session, runtime, consent.product_id, found)
        await consents.settle(
            session, consent.id, ConsentStatus.DONE, outcome=outcome or consent.outcome, channel_id=channel.id
        )
        if tell:
            await consents.tell(session, consent, runtime.clock.now())
    log.info("channel_connected_by_consent", platform=consent.platform, channel=str(channel.id))


async def _ask(
    runtime: Runtime,
    consent: ChannelConsent,
    offered: Sequence[Offered],
    outcome: Mapping[str, Any],
    *,
    tell: bool = True,
) -> None:
    listed = [
        {"credentials": dict(one.credentials), "name": one.name, "settings": dict(one.settings)}
        for one in offered
    ]
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        await consents.settle(
            session, consent.id, ConsentStatus.CHOOSING,
            outcome={**outcome, "names": [one.name for one in offered]},
            secret=consents.seal(runtime.keyring, consent.id, {"accounts": listed}),
            expires_at=now + consents.CHOICE_LIFETIME,
        )  # fmt: skip
        if tell:
            await consents.tell(session, consent, now)


def _offered(runtime: Runtime, consent: ChannelConsent) -> list[Offered]:
    listed = consents.opened(runtime.keyring, consent)["accounts"]
    return [Offered(one["credentials"], one["name"], one["settings"]) for one in listed]


async def _fail(runtime: Runtime, consent: ChannelConsent, error: NexusError, *, tell: bool = True) -> None:
    log.info("consent_failed", platform=consent.platform, reason=error.code)
    async with runtime.unit_of_work() as session:
        await consents.settle(session, consent.id, ConsentStatus.FAILED, outcome=granting.told(error))
        if tell:
            await consents.tell(session, consent, runtime.clock.now())
