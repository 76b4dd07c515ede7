"""Is a delivery taken? Signature, share, content, in this order; it is stored before anybody hears yes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from weakref import WeakKeyDictionary

import asyncpg
import structlog

from core.db.line import Line
from core.db.session import Database
from core.events import arrival, endpoints, guessing, json_text, nudging, refusals, signatures
from core.events.allowance import Allowance
from core.events.endpoints import Endpoint
from core.events.errors import Guessing, NoEndpoint, NotAuthentic, NotNow, Unreadable
from core.events.signatures import Scheme
from core.events.signatures.digest import Headers
from core.events.storing import Stored, Wish, store
from core.ids import id_of
from core.outage import UNAVAILABLE, Outage, is_away
from core.runtime import Runtime
from core.together import Together

log = structlog.get_logger(__name__)

LIMIT = 256 * 1024  # bytes of a body
_MOST = 128  # events of one statement
_COUNTERS = 2  # groups under way at once: while one waits for the disk, the next is read and written


@dataclass(eq=False, slots=True)
class _Counter:
    """Where a group forms, and how many stand there."""

    together: Together[tuple[Runtime, Wish], Stored | None]
    people: int = 0


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the events of one database arrive."""

    allowance: Allowance
    counters: tuple[_Counter, ...]
    guesses: guessing.Guesses
    outage: Outage = field(default_factory=lambda: Outage("storing of events"))


_desks: WeakKeyDictionary[Database, _Desk] = WeakKeyDictionary()


async def endpoint(runtime: Runtime, slug: str) -> Endpoint:
    """Return where the product's events come in. Raises ``NoEndpoint``, ``NotNow``."""
    try:
        found = await endpoints.find(runtime, slug)
    except UNAVAILABLE as error:
        if not is_away(error):
            raise
        _desk(runtime).outage.failed(error)
        raise NotNow from None
    if found is None:
        raise NoEndpoint
    return found


def scheme_of(headers: Headers) -> Scheme:
    """Return how a delivery says it is signed. Raises ``NotAuthentic`` when it does not."""
    scheme = signatures.scheme_of(headers)
    if scheme is None:
        raise NotAuthentic(
            "signature-missing", "The delivery has to carry one signature", "X-Nexus-Signature"
        )
    return scheme


def hear(runtime: Runtime, sender: str | None) -> None:
    """Let a sender go on. Raises ``Guessing`` when many wrong signatures came from there."""
    seconds = _desk(runtime).guesses.wait(sender)
    if seconds > 0:
        raise Guessing(math.ceil(seconds))


async def receive(
    runtime: Runtime,
    where: Endpoint,
    scheme: Scheme,
    headers: Headers,
    body: bytes,
    *,
    sender: str | None = None,
) -> Stored:
    """Store a delivery. Raises ``NotAuthentic``, ``TooMany``, ``Unreadable``, ``NotNow``."""
    now, desk = runtime.clock.now(), _desk(runtime)
    try:
        _check(runtime, where, scheme, headers, body, now)
    except NotAuthentic:
        desk.guesses.note(sender)
        raise
    desk.allowance.take(where.product_id, where.per_minute)
    what = arrival.understood(scheme, headers, body, json_text.read(body), now)
    if what.sent_at is None or signatures.covers_delivery(scheme, body, headers, where.secrets):
        return await _stored(runtime, desk, Wish(where.product_id, what, now))
    # Its id is not signed: whoever overheard it could send it again under another. What was signed counts once.
    event_id = id_of(what.sent_at, where.product_id.bytes + body)
    return await _stored(runtime, desk, Wish(where.product_id, what, now, event_id))


def _check(
    runtime: Runtime, where: Endpoint, scheme: Scheme, headers: Headers, body: bytes, now: datetime
) -> None:
    if not signatures.authentic(scheme, body, headers, where.secrets):
        refusals.note(runtime, where.product_id, now)
        raise NotAuthentic(
            "signature-invalid", "The signature is not that of this body with the product's secret"
        )
    sent_at = signatures.sent_at(scheme, headers)
    if sent_at is not None and not signatures.timely(sent_at, now):
        raise arrival.stale("Stripe-Signature" if scheme is Scheme.STRIPE else "webhook-timestamp")


async def _stored(runtime: Runtime, desk: _Desk, wish: Wish) -> Stored:
    counter = min(desk.counters, key=lambda one: one.people)
    counter.people += 1
    try:
        stored = await counter.together.ask((runtime, wish))
    except asyncpg.DataError as error:
        # Whatever the checks have let through that PostgreSQL does not keep: this event's own fault, nobody else's.
        log.warning("event_cannot_be_stored", reason=type(error).__name__)
        raise Unreadable("invalid-content", "The event holds something that cannot be kept") from None
    except asyncpg.IntegrityConstraintViolationError:
        raise NoEndpoint from None  # the product was deleted meanwhile
    finally:
        counter.people -= 1
    if stored is None:
        raise NotNow
    return stored


async def _grant(line: Line, wishes: Sequence[tuple[Runtime, Wish]]) -> list[Stored | None]:
    """Store a group; None for all of it while the database is away, so that nobody tries them one by one."""
    runtime = wishes[0][0]
    outage = _desk(runtime).outage
    try:
        stored = await store(line, [wish for _, wish in wishes])
    except UNAVAILABLE as error:
        if not is_away(error):
            raise
        outage.failed(error)
        return [None] * len(wishes)
    outage.passed()
    nudging.later(runtime, [one.event_id for one in stored if one is not None and not one.repeated])
    return stored


def _desk(runtime: Runtime) -> _Desk:
    desk = _desks.get(runtime.database)
    if desk is None:
        clock = runtime.clock
        lines = [runtime.database.line() for _ in range(_COUNTERS)]
        counters = tuple(_Counter(Together(partial(_grant, line), _MOST)) for line in lines)

        def seconds() -> float:
            return clock.now().timestamp()

        desk = _Desk(Allowance(seconds), counters, guessing.Guesses(seconds))
        _desks[runtime.database] = desk
    return desk
