"""Does every adapter tell the truth about every way a call can end? One suite for all of them."""

import dataclasses
import hashlib
import io
import re
import socket
import traceback
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from core.clock import ManualClock
from core.errors import AuthExpired, OutcomeUnknown, PlatformError, RateLimited, Rejected, Transient
from core.platforms import media_files
from core.platforms.base import MediaItem, MediaKind, Part, Platform, Post, Rendering, Sent, Target
from tests.core.platforms.over_http.conftest import replaced
from tests.fakes.platforms.server import RETRY_AFTER, FakePlatform, Fault

TEXT = "**Новость** недели: смотрите https://example.org/a и [подробности](https://example.org/b) 🎉"


def key_of(number: int = 0) -> str:
    """A key such as the publisher derives: 64 hexadecimal digits."""
    return hashlib.sha256(f"key {number}".encode()).hexdigest()


def rendered(platform: Platform, target: Target, post: Post) -> Rendering:
    rendering = platform.render(post, target.settings)
    assert not rendering.blocked, rendering.problems
    return rendering


async def part_of(platform: Platform, target: Target, fake: FakePlatform, text: str = TEXT) -> Part:
    """Render a short post; with a picture where the platform takes none without."""
    media = await attached(target, 1) if fake.needs_media else ()
    (part,) = rendered(platform, target, Post(text, media)).parts
    return part


async def attached(target: Target, count: int) -> tuple[MediaItem, ...]:
    """Keep real pictures, each another colour and with a description."""
    items = []
    for number in range(1, count + 1):
        buffer = io.BytesIO()
        Image.new("RGB", (640, 480), (40 * number, 90, 200)).save(buffer, "PNG")
        url = await target.media.save(buffer.getvalue(), "png")
        items.append(MediaItem(MediaKind.IMAGE, url, alt=f"Картинка {number}"))
    return tuple(items)


async def published(platform: Platform, target: Target, parts: Sequence[Part]) -> list[Sent]:
    sent: list[Sent] = []
    for number, part in enumerate(parts):
        sent.append(await platform.publish(target, part, key=key_of(number), earlier=tuple(sent)))
    return sent


async def failure(call: Awaitable[Any], fake: FakePlatform) -> PlatformError:
    """Await the error, and see that it holds no secret."""
    with pytest.raises(PlatformError) as caught:
        await call
    said = "".join(traceback.format_exception(caught.value)) + repr(caught.value.params)
    for value in fake.credentials().values():
        if isinstance(value, str) and len(value) >= 12 and "://" not in value:
            assert value not in said
    return caught.value


async def test_a_text_arrives_as_previewed(platform: Platform, target: Target, fake: FakePlatform) -> None:
    part = await part_of(platform, target, fake)
    (sent,) = await published(platform, target, [part])
    assert fake.texts == [part.text]
    assert sent.post_ids
    assert fake.find(sent.post_ids[0]) is not None
    assert sent.url is None or sent.url.startswith(("https://", "http://"))


@pytest.mark.parametrize(
    ("fault", "kinds", "live"),
    [
        (Fault.HANG, (OutcomeUnknown,), 0),
        (Fault.CUT, (OutcomeUnknown,), 1),
        (Fault.ERROR_BEFORE, (OutcomeUnknown, Transient), 0),
        (Fault.ERROR_AFTER, (OutcomeUnknown,), 1),
        (Fault.RATE_LIMIT, (RateLimited,), 0),
        (Fault.UNAUTHORIZED, (AuthExpired,), 0),
        (Fault.REJECT, (Rejected,), 0),
        (Fault.GARBAGE, (OutcomeUnknown,), 1),
    ],
)
async def test_each_failure_is_named_for_what_it_may_have_done(
    platform: Platform, target: Target, fake: FakePlatform, fault: Fault, kinds: Any, live: int
) -> None:
    if fault is Fault.GARBAGE and fake.any_body:
        return
    part = await part_of(platform, target, fake)
    fake.then(fault)
    if live and fake.tells_itself:
        sent = await platform.publish(target, part, key=key_of(), earlier=())
        assert [post.id for post in fake.wall] == [sent.post_ids[0]]
        return
    error = await failure(platform.publish(target, part, key=key_of(), earlier=()), fake)
    assert type(error) in kinds
    assert len(fake.wall) == live


async def test_it_is_told_when_to_come_back(
    platform: Platform, target: Target, fake: FakePlatform, clock: ManualClock
) -> None:
    fake.then(Fault.RATE_LIMIT)
    error = await failure(
        platform.publish(target, await part_of(platform, target, fake), key=key_of(), earlier=()), fake
    )
    assert isinstance(error, RateLimited)
    assert error.retry_at == clock.now() + timedelta(seconds=fake.retry_seconds or RETRY_AFTER)


async def test_a_slow_answer_is_an_answer(platform: Platform, target: Target, fake: FakePlatform) -> None:
    fake.then(Fault.SLOW)
    await published(platform, target, [await part_of(platform, target, fake)])
    assert len(fake.wall) == 1


async def test_nothing_left_when_nobody_listens(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        away = replaced(target, api_base=f"http://127.0.0.1:{unused.getsockname()[1]}")
        part = await part_of(platform, target, fake)
        assert isinstance(
            await failure(platform.publish(away, part, key=key_of(), earlier=()), fake), Transient
        )
        assert isinstance(await failure(platform.check(away), fake), Transient)


async def test_a_repetition_under_its_key_is_one_post(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    part = await part_of(platform, target, fake)
    for number, fault in enumerate((Fault.CUT, Fault.ERROR_AFTER, Fault.GARBAGE)):
        if fault is Fault.GARBAGE and fake.any_body:
            continue
        fake.wall.clear()
        fake.then(fault)
        key = key_of(number)
        if fake.tells_itself:
            await platform.publish(target, part, key=key, earlier=())
            assert len(fake.wall) == 1
            continue
        await failure(platform.publish(target, part, key=key, earlier=()), fake)
        if platform.idempotent:
            sent = await platform.publish(target, part, key=key, earlier=())
            assert [post.id for post in fake.wall] == [sent.post_ids[0]]
        elif platform.look_up is not None:
            found = await platform.look_up(target, part, key=key, since=target.clock.now())
            assert found is not None
            assert [post.id for post in fake.wall] == [found.post_ids[0]]


async def test_a_look_tells_absence_from_presence(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    if platform.look_up is None:
        assert not fake.readable, "the account can be read, so the adapter should look"
        return
    part = await part_of(platform, target, fake)
    assert await platform.look_up(target, part, key=key_of(1), since=target.clock.now()) is None
    (sent,) = await published(platform, target, [part])
    found = await platform.look_up(target, part, key=key_of(0), since=target.clock.now())
    assert found is not None
    assert found.post_ids[0] == sent.post_ids[0]
    # The same words posted long before are another post.
    later = target.clock.now() + timedelta(days=1)
    assert await platform.look_up(target, part, key=key_of(5), since=later) is None or platform.idempotent
    # Another post with a text that only begins alike is not this one.
    other = await part_of(platform, target, fake, TEXT + "!")
    assert await platform.look_up(target, other, key=key_of(2), since=target.clock.now()) is None


@pytest.mark.parametrize("between", [60, 250])
async def test_a_look_finds_a_post_under_many_others_or_says_that_it_cannot_tell(
    platform: Platform, target: Target, fake: FakePlatform, between: int
) -> None:
    if platform.look_up is None:
        return
    part = await part_of(platform, target, fake)
    (sent,) = await published(platform, target, [part])
    other = await part_of(platform, target, fake, "Другая новость")
    await platform.publish(target, other, key=key_of(1), earlier=())
    fake.wall += [
        dataclasses.replace(fake.wall[1], id=re.sub(r"\d+$", "", fake.wall[1].id) + fake.next_id())
        for _ in range(between)
    ]
    try:
        found = await platform.look_up(target, part, key=key_of(0), since=target.clock.now())
    except OutcomeUnknown:
        assert between > 60
    else:
        assert found is not None, "it is there, so nothing may be sent again"
        assert found.post_ids[0] == sent.post_ids[0]


async def test_a_thread_hangs_together_and_goes_on_where_it_stopped(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    media = await attached(target, 1) if fake.needs_media else ()
    parts = rendered(platform, target, Post("", media, thread=("раз", "два", "три"))).parts
    if len(parts) == 1:
        return  # its nearest thing to a thread is one long post
    assert len(parts) == 3
    fake.then(Fault.NONE, Fault.ERROR_BEFORE)
    (first,) = await published(platform, target, parts[:1])
    await failure(platform.publish(target, parts[1], key=key_of(1), earlier=(first,)), fake)
    second = await platform.publish(target, parts[1], key=key_of(1), earlier=(first,))
    third = await platform.publish(target, parts[2], key=key_of(2), earlier=(first, second))
    assert fake.texts == [part.text for part in parts]
    assert fake.wall[0].reply_to is None
    assert all(post.reply_to for post in fake.wall[1:])
    assert third.post_ids[0] == fake.wall[2].id


async def test_editing_and_deleting(platform: Platform, target: Target, fake: FakePlatform) -> None:
    (sent,) = await published(platform, target, [await part_of(platform, target, fake)])
    if platform.edit is not None:
        new = await part_of(platform, target, fake, "Другой **текст**")
        await platform.edit(target, sent, new)
        assert fake.texts == [new.text]
    if platform.delete is not None:
        await platform.delete(target, sent)
        assert fake.wall == []
        await platform.delete(target, sent)  # what is gone already counts as removed


async def test_the_account_is_shown_and_a_wrong_token_is_noticed(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    account = await platform.check(target)
    assert account.name.strip()
    fake.revoked = True
    error = await failure(platform.check(target), fake)
    assert isinstance(error, AuthExpired)
    assert fake.wall == [], "checking publishes nothing"


async def test_numbers_are_fetched_where_the_platform_tells_them(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    (sent,) = await published(platform, target, [await part_of(platform, target, fake)])
    if platform.metrics is not None:
        metrics = await platform.metrics(target, sent)
        told = [metrics.impressions, metrics.likes, metrics.comments, metrics.shares, metrics.clicks]
        assert any(value is not None for value in told)
        assert all(value is None or value >= 0 for value in told)
    if platform.followers is not None:
        assert await platform.followers(target) >= 0


async def test_pictures_arrive_in_order_with_their_descriptions(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    items = await attached(target, 2)
    rendering = platform.render(Post("Две картинки", items), target.settings)
    if rendering.blocked:
        assert not fake.takes_pictures, rendering.problems
        return
    await published(platform, target, rendering.parts)
    (post,) = fake.wall
    assert [item["type"].startswith("image/") for item in post.media] == [True, True]
    if fake.keeps_alt:
        assert [item["alt"] for item in post.media] == ["Картинка 1", "Картинка 2"]


async def test_a_picture_of_the_web_is_fetched_and_a_private_address_is_not(
    platform: Platform, target: Target, fake: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), (10, 90, 200)).save(buffer, "JPEG")

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=buffer.getvalue(), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/a.jpg", picture)
    async with TestServer(app) as site:
        item = MediaItem(MediaKind.IMAGE, str(site.make_url("/a.jpg")))
        rendering = platform.render(Post("Картинка", (item,)), target.settings)
        if rendering.blocked:
            assert not fake.takes_pictures, rendering.problems
            return
        part = rendering.parts[0]
        if not fake.fetches_addresses:
            error = await failure(platform.publish(target, part, key=key_of(), earlier=()), fake)
            assert isinstance(error, Rejected)
            assert error.error_code == "private-address"
            assert fake.wall == []
            monkeypatch.setattr(media_files, "MAY_FETCH_FROM", lambda address: True)
        await platform.publish(target, part, key=key_of(1), earlier=())
    (post,) = fake.wall
    assert len(post.media) == 1


async def test_a_missing_file_is_named_and_nothing_is_published(
    platform: Platform, target: Target, fake: FakePlatform
) -> None:
    item = MediaItem(MediaKind.IMAGE, "media://" + "0" * 64 + ".png")
    rendering = platform.render(Post("Картинка", (item,)), target.settings)
    if rendering.blocked:
        assert not fake.takes_pictures
        return
    error = await failure(platform.publish(target, rendering.parts[0], key=key_of(), earlier=()), fake)
    assert isinstance(error, Rejected)
    assert error.error_code in {"media-missing", "no-public-url"}
    assert fake.wall == []
