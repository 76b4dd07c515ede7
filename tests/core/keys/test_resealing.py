"""Does every stored secret come under the new key, whatever happens meanwhile, and is none lost?"""

import asyncio
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from core.channels import consents
from core.channels import service as channels
from core.channels.models import Channel, ChannelApplication, ChannelConsent
from core.chats import service as chats
from core.clock import ManualClock
from core.db.session import Database
from core.ids import new_id
from core.keys import resealing
from core.keys.places import PLACES
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from core.security.keyring import CannotOpen, Keyring

OLD, NEW = Keyring.new_key_text(1), Keyring.new_key_text(2)
BEFORE, BOTH, AFTER = Keyring.parse(OLD), Keyring.parse(f"{NEW},{OLD}"), Keyring.parse(NEW)


async def _fill(runtime: Runtime, clock: ManualClock, many: int = 1) -> list[uuid.UUID]:
    """Have a value of every kind, sealed with the old key; return the channels."""
    made: list[uuid.UUID] = []
    product_id = new_id()
    async with runtime.unit_of_work() as session:
        for number in range(many):
            product = await products.create(session, name=f"Tea {number}")
            product_id = product.id
            webhook_secret.seal(BEFORE, product, f"first-secret-{number}")
            webhook_secret.rotate(BEFORE, product, f"second-secret-{number}", now=clock.now())
            channel = await channels.connect(
                session, BEFORE, product_id=product.id, platform="telegram", platform_name="@tea",
                credentials={"bot_token": f"123456:TEST{number}", "chat_id": "@tea"},
            )  # fmt: skip
            made.append(channel.id)
        application = new_id()
        sealed = BEFORE.seal_json(
            {"id": "x", "secret": "y"}, "channel_applications", str(application), "credentials"
        )
        session.add(
            ChannelApplication(
                id=application,
                platform="mastodon",
                server="https://m",
                redirect="https://n",
                credentials=sealed,
            )
        )
        consent = new_id()
        session.add(
            ChannelConsent(
                id=consent, product_id=product_id, platform="mastodon", way="consent", state_hash="s" * 64, chat_id=1, message_id=1,
                expires_at=clock.now() + timedelta(hours=1), secret=consents.seal(BEFORE, consent, {"verifier": "v"}),
            )
        )  # fmt: skip
        given = BEFORE.seal_json({"bot_token": "123456:TYPED"}, "chat_states", "77", "connect")
        await chats.save_data(session, "42:77:77:default", {"given": given, "step": 1})
    return made


async def _opens(runtime: Runtime, keyring: Keyring, clock: ManualClock) -> None:
    """Open every value with ``keyring`` alone."""
    async with runtime.unit_of_work() as session:
        for channel in await session.scalars(select(Channel)):
            assert channels.open_credentials(keyring, channel)["bot_token"].startswith("123456:")
        for product in await session.scalars(select(Product)):
            assert len(webhook_secret.live(keyring, product, clock.now())) == 2
        application = (await session.scalars(select(ChannelApplication))).one()
        context = ("channel_applications", str(application.id), "credentials")
        assert keyring.open_json(application.credentials, *context) == {"id": "x", "secret": "y"}
        consent = (await session.scalars(select(ChannelConsent))).one()
        assert keyring.open_json(consent.secret, "channel_consents", str(consent.id), "secret") == {
            "verifier": "v"
        }
        _, data = await chats.load_state(session, "42:77:77:default")
        assert keyring.open_json(data["given"], "chat_states", "77", "connect") == {
            "bot_token": "123456:TYPED"
        }
        assert data["step"] == 1


async def test_every_kind_of_value_comes_under_the_new_key(runtime: Runtime, clock: ManualClock) -> None:
    await _fill(runtime, clock)
    async with runtime.unit_of_work() as session:
        assert await resealing.count(session) == {1: len(PLACES)}
    done = await resealing.reseal(runtime.database, BOTH)
    assert (done.resealed, done.lost) == (len(PLACES), [])
    async with runtime.unit_of_work() as session:
        assert await resealing.count(session) == {2: len(PLACES)}
    await _opens(runtime, AFTER, clock)
    assert (await resealing.reseal(runtime.database, BOTH)).resealed == 0


async def test_more_than_a_batch_and_two_at_once(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 3)
    await _fill(runtime, clock, many=10)
    await asyncio.gather(*(resealing.reseal(runtime.database, BOTH) for _ in range(2)))
    await _opens(runtime, AFTER, clock)


async def test_interrupted_after_any_batch_it_goes_on(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    await _fill(runtime, clock, many=4)
    real = Database.unit_of_work
    for left in (0, 1, 3, 5):
        allowed = iter(range(left))

        def some(self: Database, allowed: Any = allowed) -> Any:
            if next(allowed, None) is None:
                raise ConnectionError("killed")
            return real(self)

        with monkeypatch.context() as patch:
            patch.setattr(Database, "unit_of_work", some)
            with pytest.raises(ConnectionError):
                await resealing.reseal(runtime.database, BOTH)
        await _opens(runtime, BOTH, clock)
    await resealing.reseal(runtime.database, BOTH)
    await _opens(runtime, AFTER, clock)


async def test_what_changes_meanwhile_is_not_put_back(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (channel_id,) = await _fill(runtime, clock)
    real = Keyring.seal
    changed: list[bool] = []

    def seal(self: Keyring, plaintext: bytes, *context: str) -> str:
        if self is BOTH and context[0] == "channels" and not changed:
            changed.append(True)
            asyncio.get_running_loop().call_soon(lambda: None)
        return real(self, plaintext, *context)

    monkeypatch.setattr(Keyring, "seal", seal)
    before = await _credentials(runtime, channel_id)
    # Another process connects the channel anew between the read and the write of the row.
    original = resealing._one

    async def one(*arguments: Any) -> None:
        if arguments[2].table == "channels":
            async with runtime.unit_of_work() as session:
                channel = await session.get_one(Channel, channel_id)
                context = ("channels", str(channel_id), "credentials")
                channel.credentials = dict(
                    real_json({"bot_token": "123456:FRESH", "chat_id": "@tea"}, context)
                )
            monkeypatch.setattr(resealing, "_one", original)
        await original(*arguments)

    def real_json(value: dict[str, str], context: tuple[str, ...]) -> dict[str, str]:
        return BEFORE.seal_json(value, *context)

    monkeypatch.setattr(resealing, "_one", one)
    await resealing.reseal(runtime.database, BOTH)
    async with runtime.unit_of_work() as session:
        channel = await session.get_one(Channel, channel_id)
        assert channels.open_credentials(AFTER, channel)["bot_token"] == "123456:FRESH"
    assert before != await _credentials(runtime, channel_id)


async def _credentials(runtime: Runtime, channel_id: uuid.UUID) -> Any:
    async with runtime.unit_of_work() as session:
        return (await session.get_one(Channel, channel_id)).credentials


async def test_what_no_key_opens_is_named_and_left(runtime: Runtime, clock: ManualClock) -> None:
    (channel_id,) = await _fill(runtime, clock)
    stranger = Keyring.parse(Keyring.new_key_text(9))
    async with runtime.unit_of_work() as session:
        channel = await session.get_one(Channel, channel_id)
        context = ("channels", str(channel_id), "credentials")
        channel.credentials = dict(stranger.seal_json({"bot_token": "1:x"}, *context))
    done = await resealing.reseal(runtime.database, BOTH)
    assert done.lost == [f"channels {channel_id}"]
    async with runtime.unit_of_work() as session:
        assert (await resealing.count(session))[9] == 1
        channel = await session.get_one(Channel, channel_id)
        with pytest.raises(CannotOpen):
            channels.open_credentials(BOTH, channel)
        assert channels.open_credentials(stranger, channel) == {"bot_token": "1:x"}


async def test_no_other_column_holds_sealed_values(runtime: Runtime, clock: ManualClock) -> None:
    """A new place has to be added to ``PLACES``, or its values would be lost with the old key."""
    await _fill(runtime, clock)
    known = {(place.table, place.column) for place in PLACES}
    async with runtime.unit_of_work() as session:
        columns = await session.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND (column_name LIKE '%secret%' OR column_name LIKE '%credential%')"
            )
        )
        named = {(row.table_name, row.column_name) for row in columns}
    times = {("channels", "credentials_expire_at"), ("products", "previous_secret_until")}
    assert named - times <= known
