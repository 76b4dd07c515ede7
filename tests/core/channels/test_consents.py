"""What a killed process leaves of a consent is ended and told; what nobody used forgets its secret."""

from datetime import timedelta

from sqlalchemy import select

from core.channels import consents
from core.channels.models import ChannelConsent, ConsentStatus
from core.clock import ManualClock
from core.ids import new_id
from core.notifications.models import Notification, NotificationKind
from core.products import service as products
from core.runtime import Runtime


async def _consent(runtime: Runtime, status: ConsentStatus, state: str) -> ChannelConsent:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name=f"Tea {state}")
        identifier = new_id()
        consent = ChannelConsent(
            id=identifier, state_hash=consents.hashed(state), platform="twitter", way="login",
            product_id=product.id, chat_id=1, message_id=2, status=status,
            secret=consents.seal(runtime.keyring, identifier, {"verifier": "v"}),
            expires_at=runtime.clock.now() + consents.LIFETIME,
        )  # fmt: skip
        session.add(consent)
    return consent


async def _tidied(runtime: Runtime) -> tuple[int, int]:
    async with runtime.unit_of_work() as session:
        return await consents.tidy(session, runtime.clock.now())


async def test_an_exchange_that_was_broken_off_ends_and_is_told_once(
    runtime: Runtime, clock: ManualClock
) -> None:
    left = await _consent(runtime, ConsentStatus.WORKING, "a")
    clock.advance(consents.LIFETIME + timedelta(minutes=4))
    assert await _tidied(runtime) == (0, 0), "begun in time, it may still be at work"
    clock.advance(timedelta(minutes=2))
    assert await _tidied(runtime) == (1, 0)
    assert await _tidied(runtime) == (0, 0)
    async with runtime.unit_of_work() as session:
        ended = await consents.get(session, left.id)
        (told,) = await session.scalars(select(Notification))
    assert (ended.status, ended.secret) == (ConsentStatus.FAILED, {})
    assert (told.kind, told.payload) == (NotificationKind.CONSENT, {"consent_id": str(left.id)})


async def test_a_link_nobody_used_forgets_its_secret_and_stays_expired(
    runtime: Runtime, clock: ManualClock
) -> None:
    left = await _consent(runtime, ConsentStatus.WAITING, "a")
    done = await _consent(runtime, ConsentStatus.CHOOSING, "b")
    assert await _tidied(runtime) == (0, 0)
    clock.advance(consents.LIFETIME + timedelta(seconds=1))
    assert await _tidied(runtime) == (0, 2)
    assert await _tidied(runtime) == (0, 0)
    async with runtime.unit_of_work() as session:
        assert [(await consents.get(session, one.id)).secret for one in (left, done)] == [{}, {}]
        refused = await consents.claim(session, "twitter", "a", clock.now())
    assert isinstance(refused, consents.Refused)
    assert refused.reason is consents.Refusal.EXPIRED
