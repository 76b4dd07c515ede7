"""Are byte ranges, record keys and sessions what Bluesky wants?"""

import re
import uuid
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import ManualClock
from core.errors import AuthExpired, Transient
from core.media.store import MediaStore
from core.platforms.base import Post, Target
from core.platforms.bluesky import PLATFORM
from core.platforms.bluesky.facets import byte_offsets, marks
from core.platforms.bluesky.publishing import record_key
from core.text.markdown import parse
from tests.fakes.platforms.bluesky import FakeBluesky

KEY = "0" * 64


@pytest.fixture
async def server(clock: ManualClock) -> AsyncGenerator[FakeBluesky]:
    fake = FakeBluesky(clock)
    async with fake.serving():
        yield fake


@pytest.fixture
async def target(server: FakeBluesky, tmp_path: Path, clock: ManualClock) -> AsyncGenerator[Target]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
        credentials = PLATFORM.credentials.model_validate(dict(server.credentials()))
        yield Target(uuid.UUID(int=1), credentials, {}, http, MediaStore(tmp_path), clock, server.url)


def with_credentials(target: Target, **changes: Any) -> Target:
    return replace(target, credentials=target.credentials.model_copy(update=changes))


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("[сайт](https://e.org/a) 👩‍👩‍👧", [("link", "сайт", "https://e.org/a")]),
        ("см. https://e.org/a.", [("link", "https://e.org/a", "https://e.org/a")]),
        ("(https://e.org/a_(b))", [("link", "https://e.org/a_(b)", "https://e.org/a_(b)")]),
        ("hi @friend.example!", [("mention", "@friend.example", "friend.example")]),
        ("mail me@e.org, @nobody", []),
        ("#тег and #2026 #a1", [("tag", "#тег", "тег"), ("tag", "#a1", "a1")]),
        ("[https://e.org/#x](https://f.org)", [("link", "https://e.org/#x", "https://f.org")]),
    ],
)
def test_what_can_be_tapped(markdown: str, found: list[tuple[str, str, str]]) -> None:
    rich = parse(markdown)
    assert [(mark.kind, rich.text[mark.start : mark.end], mark.value) for mark in marks(rich)] == found


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_ranges_are_bytes_of_the_text(text: str) -> None:
    offsets = byte_offsets(text)
    for mark in marks(parse(f"[{text}](https://e.org) https://e.org/й {text}")):
        assert mark.start < mark.end
    assert offsets[-1] == len(text.encode())


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_record_keys_are_valid_and_always_the_same(key: str) -> None:
    assert re.fullmatch("[234567abcdefghij][234567a-z]{12}", record_key(key))
    assert record_key(key) == record_key(key)


async def test_links_mentions_and_tags_arrive(target: Target, server: FakeBluesky) -> None:
    text = "Привет 👋 @friend.example и @nobody.example: [тут](https://e.org/й) #новости"
    (part,) = PLATFORM.render(Post(text), {"language": "ru"}).parts
    await PLATFORM.publish(target, part, key=KEY, earlier=())
    record = server.wall[0].extra["record"]
    assert record["langs"] == ["ru"]
    said = record["text"].encode()
    shown = {
        said[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): facet["features"][0]
        for facet in record["facets"]
    }
    assert shown["тут"]["uri"] == "https://e.org/й"
    assert shown["@friend.example"]["did"] == "did:plc:friend"
    assert shown["#новости"]["tag"] == "новости"
    assert "@nobody.example" not in shown


async def test_without_a_session_nothing_is_sent(target: Target, server: FakeBluesky) -> None:
    (part,) = PLATFORM.render(Post("x"), {}).parts
    fresh = with_credentials(target, access_jwt=None, did=None)
    with pytest.raises(Transient) as caught:
        await PLATFORM.publish(fresh, part, key=KEY, earlier=())
    assert caught.value.error_code == "token-expired"
    assert PLATFORM.expires_at is not None
    ends = PLATFORM.expires_at(fresh.credentials)
    assert ends is not None
    assert ends < target.clock.now()
    assert server.requests == []


async def test_a_session_is_renewed_and_then_made_anew(target: Target, server: FakeBluesky) -> None:
    assert PLATFORM.refresh is not None
    session = await PLATFORM.refresh(target)
    assert server.requests == ["POST /xrpc/com.atproto.server.refreshSession"]
    renewed = replace(
        target, credentials=PLATFORM.credentials.model_validate(dict(server.credentials()) | dict(session))
    )
    assert PLATFORM.expires_at is not None
    ends = PLATFORM.expires_at(renewed.credentials)
    assert ends is not None
    assert ends >= target.clock.now() + timedelta(hours=1)
    # The old refresh token worked once; now only the app password helps.
    await PLATFORM.refresh(target)
    assert server.requests[-1] == "POST /xrpc/com.atproto.server.createSession"
    server.revoked = True
    with pytest.raises(AuthExpired):
        await PLATFORM.refresh(target)
