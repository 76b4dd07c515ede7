"""Which consents are under way? Rows that are taken once, settled once, and told to the owner with the same commit."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import ChannelConsent, ConsentStatus
from core.errors import NotFound, Stale
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.security.keyring import Keyring

LIFETIME = timedelta(minutes=10)  # of a link
_LONGEST_EXCHANGE = timedelta(minutes=5)  # a few calls of at most 90 s each; begun in time, it is let finish
CHOICE_LIFETIME = timedelta(hours=1)  # of the accounts to choose from


class Refusal(StrEnum):
    """Why a link cannot be used."""

    UNKNOWN = "unknown"  # no such state, or another platform's
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that was not taken; ``chat_id`` is where it was asked for, if it is known at all."""

    reason: Refusal
    chat_id: int | None = None


def hashed(state: str) -> str:
    """Return what is kept of a state."""
    return hashlib.sha256(state.encode()).hexdigest()


def seal(keyring: Keyring, consent_id: uuid.UUID, secret: Mapping[str, Any]) -> dict[str, str]:
    """Seal what only this consent may know."""
    return keyring.seal_json(secret, *_context(consent_id))


def opened(keyring: Keyring, consent: ChannelConsent) -> dict[str, Any]:
    """Return a consent's secret in the clear. Raises ``CannotOpen``."""
    return keyring.open_json(consent.secret, *_context(consent.id))


def _context(consent_id: uuid.UUID) -> tuple[str, str, str]:
    return "channel_consents", str(consent_id), "secret"


async def get(session: AsyncSession, consent_id: uuid.UUID) -> ChannelConsent:
    """Return the consent. Raises ``NotFound``."""
    consent = await session.get(ChannelConsent, consent_id, populate_existing=True)
    if consent is None:
        raise NotFound("there is no such consent", consent_id=consent_id)
    return consent


async def open_one(session: AsyncSession, consent: ChannelConsent, now: datetime) -> None:
    """Keep a new consent; links to the same that are still open end with it, and what has expired forgets its secret."""
    await session.execute(
        update(ChannelConsent)
        .where(
            ChannelConsent.status.in_([ConsentStatus.WAITING, ConsentStatus.CHOOSING]),
            or_(
                (ChannelConsent.product_id == consent.product_id)
                & (ChannelConsent.platform == consent.platform),
                ChannelConsent.expires_at < now,
            ),
        )
        .values(status=ConsentStatus.DROPPED, secret={})
    )
    session.add(consent)
    await session.flush()


async def claim(session: AsyncSession, platform: str, state: str, now: datetime) -> ChannelConsent | Refused:
    """Take the consent that ``state`` stands for: one caller gets it, any other learns why not."""
    found = hashed(state)
    taken: ChannelConsent | None = await session.scalar(
        update(ChannelConsent)
        .where(
            ChannelConsent.state_hash == found,
            ChannelConsent.platform == platform,
            ChannelConsent.status == ConsentStatus.WAITING,
            ChannelConsent.expires_at > now,
        )
        .values(status=ConsentStatus.WORKING)
        .returning(ChannelConsent)
    )
    if taken is not None:
        return taken
    known = await session.scalar(select(ChannelConsent).where(ChannelConsent.state_hash == found))
    if known is None or known.platform != platform:
        return Refused(Refusal.UNKNOWN)
    reason = Refusal.EXPIRED if known.status == ConsentStatus.WAITING else Refusal.USED
    return Refused(reason, known.chat_id)


async def claim_choice(session: AsyncSession, consent_id: uuid.UUID, now: datetime) -> ChannelConsent:
    """Take the consent whose account the owner has chosen. Raises ``Stale`` for the second tap, and when it is over."""
    taken: ChannelConsent | None = await session.scalar(
        update(ChannelConsent)
        .where(
            ChannelConsent.id == consent_id,
            ChannelConsent.status == ConsentStatus.CHOOSING,
            ChannelConsent.expires_at > now,
        )
        .values(status=ConsentStatus.WORKING)
        .returning(ChannelConsent)
    )
    if taken is None:
        raise Stale("there is nothing to choose any more", consent_id=consent_id)
    return taken


async def settle(
    session: AsyncSession,
    consent_id: uuid.UUID,
    status: ConsentStatus,
    *,
    outcome: Mapping[str, Any],
    channel_id: uuid.UUID | None = None,
    secret: Mapping[str, Any] | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Record what became of a consent that was taken. What it knew is forgotten, or replaced by ``secret``.

    Raises ``Stale`` when somebody else has settled it.
    """
    values: dict[str, Any] = {"status": status, "outcome": dict(outcome), "secret": dict(secret or {})}
    if channel_id is not None:
        values["channel_id"] = channel_id
    if expires_at is not None:
        values["expires_at"] = expires_at
    settled = await session.scalar(
        update(ChannelConsent)
        .where(ChannelConsent.id == consent_id, ChannelConsent.status == ConsentStatus.WORKING)
        .values(**values)
        .returning(ChannelConsent.id)
    )
    if settled is None:
        raise Stale("this consent was settled already", consent_id=consent_id)


async def tell(session: AsyncSession, consent: ChannelConsent, now: datetime) -> None:
    """Have the message with the link redrawn."""
    await notifications.notify(
        session,
        NotificationKind.CONSENT,
        payload={"consent_id": str(consent.id)},
        product_id=consent.product_id,
        priority="high",
        not_before=now,
    )


async def is_latest(session: AsyncSession, consent: ChannelConsent) -> bool:
    """Tell whether no newer link for the same product and platform was asked for."""
    newer = select(ChannelConsent.id).where(
        ChannelConsent.product_id == consent.product_id,
        ChannelConsent.platform == consent.platform,
        ChannelConsent.id > consent.id,  # ids are in the order of their making
    )
    return await session.scalar(newer.limit(1)) is None


async def tidy(session: AsyncSession, now: datetime) -> tuple[int, int]:
    """End what a process left in the middle when it died, and have links nobody used forget what they knew.

    Returns how many of each. The owner sees the first: the message with the link says that it is over.
    """
    broken_off = await session.scalars(
        update(ChannelConsent)
        .where(
            ChannelConsent.status == ConsentStatus.WORKING,
            ChannelConsent.expires_at < now - _LONGEST_EXCHANGE,
        )
        .values(status=ConsentStatus.FAILED, secret={}, outcome={"code": "link-over"})
        .returning(ChannelConsent)
    )
    ended = broken_off.all()
    for consent in ended:
        await tell(session, consent, now)
    forgotten = await session.scalars(
        update(ChannelConsent)
        .where(
            # The status stays: a link that comes too late is answered as one whose time is over.
            ChannelConsent.status.in_([ConsentStatus.WAITING, ConsentStatus.CHOOSING]),
            ChannelConsent.expires_at < now,
            ChannelConsent.secret != {},
        )
        .values(secret={})
        .returning(ChannelConsent.id)
    )
    return len(ended), len(forgotten.all())


async def drop(session: AsyncSession, consent_id: uuid.UUID) -> None:
    """End a consent the owner no longer wants; twice is once, and what is done stays done."""
    await session.execute(
        update(ChannelConsent)
        .where(
            ChannelConsent.id == consent_id,
            ChannelConsent.status.in_([ConsentStatus.WAITING, ConsentStatus.CHOOSING]),
        )
        .values(status=ConsentStatus.DROPPED, secret={})
    )
