"""A channel is connected on the platform's own page: one link, one code, one channel."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from core.channels.models import ChannelStatus, ConsentStatus
from core.clock import ManualClock
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.consent.browser import Browser
from tests.bot.person import Person
from tests.fakes.platforms.server import FakePlatform
from tests.fakes.platforms.twitter import FakeTwitter

Fakes = Mapping[str, FakePlatform]


async def test_one_login_is_one_channel(
    owner: Person, browser: Browser, fakes: Fakes, product: Product, runtime: Runtime
) -> None:
    await browser.asks("X", "Log in at X")
    assert "10 minutes" in owner.text
    message = owner.screen.message_id
    link = browser.link
    seen = await browser.goes()
    assert (seen.status, "You can go back to Telegram." in seen.text) == (200, True)
    assert seen.headers["Referrer-Policy"] == "no-referrer"
    assert seen.headers["Cache-Control"] == "no-store"
    assert owner.screen.message_id == message, "the message with the link is redrawn"
    assert "The channel “@acme” is connected" in owner.text
    assert any("Test post" in label for label in owner.labels)
    (channel,) = await browser.channels()
    assert (channel.product_id, channel.status) == (product.id, ChannelStatus.ACTIVE)
    kept = await browser.credentials()
    twitter = fakes["twitter"]
    assert isinstance(twitter, FakeTwitter)
    assert (kept["access_token"], kept["refresh_token"]) == (twitter.access, twitter.renewal)
    assert kept["user_id"] == "42"
    assert channel.credentials_expire_at == runtime.clock.now() + timedelta(hours=2)
    await owner.taps("Test post")
    assert len(fakes["twitter"].wall) == 1
    (consent,) = await browser.consents()
    assert (consent.status, consent.secret) == (ConsentStatus.DONE, {})
    assert "verifier" not in link


async def test_nothing_secret_is_in_the_link_the_row_or_the_page(
    browser: Browser, fakes: Fakes, runtime: Runtime
) -> None:
    await browser.asks("X", "Log in at X")
    query = parse_qs(urlsplit(browser.link).query)
    (state,), (challenge,) = query["state"], query["code_challenge"]
    assert fakes["twitter"].page.secret not in browser.link
    async with runtime.unit_of_work() as session:
        rows = (await session.execute(text("SELECT channel_consents::text FROM channel_consents"))).scalars()
        stored = "".join(rows)
    for secret in (state, challenge, "verifier", "callback"):
        assert secret not in stored
    assert '"nx1.' in stored.replace("\\", "").replace('""', '"')
    back = await browser.agrees()
    (code,) = parse_qs(urlsplit(back).query)["code"]
    seen = await browser.sees(back)
    assert code not in seen.text
    assert state not in seen.text


async def test_two_callbacks_at_once_connect_once(owner: Person, browser: Browser, fakes: Fakes) -> None:
    await browser.asks("X", "Log in at X")
    back = await browser.agrees()
    pages = await asyncio.gather(*(browser.sees(back) for _ in range(2)))
    assert sorted(page.status for page in pages) == [200, 410]
    assert fakes["twitter"].requests.count("POST /2/oauth2/token") == 1
    assert len(await browser.channels()) == 1
    await browser.news()
    assert "is connected" in owner.text


async def test_a_link_works_once(owner: Person, browser: Browser, fakes: Fakes) -> None:
    await browser.asks("X", "Log in at X")
    link = browser.link
    back = await browser.agrees()
    async with browser.http.head(back) as answer:
        assert answer.status == 405, "a look at the headers uses nothing up"
    await browser.sees(back)
    again = await browser.sees(back)
    assert (again.status, "has been used" in again.text) == (410, True)
    other = await browser.sees(await browser.agrees(link))  # a fresh code, the same link
    assert other.status == 410
    assert fakes["twitter"].requests.count("POST /2/oauth2/token") == 1


@pytest.mark.parametrize(
    "wrong",
    ["/oauth/linkedin/callback", "/oauth/nowhere/callback", "/oauth/twitter/callback?state=made-up&code=x"],
)
async def test_a_state_that_is_not_ours_or_for_another_platform_is_unknown(
    browser: Browser, wrong: str
) -> None:
    await browser.asks("X", "Log in at X")
    back = urlsplit(await browser.agrees())
    address = f"{back.scheme}://{back.netloc}{wrong}"
    seen = await browser.sees(address if "?" in wrong else f"{address}?{back.query}")
    assert (seen.status, "Такой ссылки нет" in seen.text) == (404, True), (
        "NEXUS's own language: whose it is, is unknown"
    )
    assert (await browser.sees(back.geturl())).status == 200, "the link itself is still good"


async def test_an_expired_link_says_so_and_a_new_one_works(
    owner: Person, browser: Browser, clock: ManualClock
) -> None:
    await browser.asks("X", "Log in at X")
    back = await browser.agrees()
    clock.advance(timedelta(minutes=10, seconds=1))
    seen = await browser.sees(back)
    assert (seen.status, "The link has expired" in seen.text) == (410, True)
    old = owner.screen
    await owner.taps("New link")
    await browser.goes()
    assert "is connected" in owner.text
    await owner.taps("New link", on=old)
    assert "nothing was done" in owner.text


async def test_an_expired_code_is_told_and_a_new_link_works(
    owner: Person, browser: Browser, clock: ManualClock, fakes: Fakes
) -> None:
    await browser.asks("X", "Log in at X")
    back = await browser.agrees()
    clock.advance(timedelta(seconds=31))
    seen = await browser.sees(back)
    assert seen.status == 400
    await browser.news()
    assert "The code X gave was over" in owner.text
    assert not await browser.channels()
    await owner.taps("New link")
    await browser.goes()
    assert "is connected" in owner.text


async def test_no_is_taken_for_an_answer(owner: Person, browser: Browser, fakes: Fakes) -> None:
    fakes["twitter"].page.denies = True
    await browser.asks("X", "Log in at X")
    seen = await browser.goes()
    assert (seen.status, "Access was not given" in seen.text) == (200, True)
    assert "You did not give access" in owner.text
    assert not await browser.channels()
    assert "POST /2/oauth2/token" not in fakes["twitter"].requests


async def test_each_missing_scope_is_named(owner: Person, browser: Browser, fakes: Fakes) -> None:
    fakes["twitter"].page.leaves_out = frozenset({"tweet.write", "media.write"})
    await browser.asks("X", "Log in at X")
    assert (await browser.goes()).status == 400
    assert "❌ publish posts: without it nothing can be published" in owner.text
    assert "⚠️ attach pictures and videos" in owner.text
    assert "✅ read posts" in owner.text
    assert not await browser.channels()
    fakes["twitter"].page.leaves_out = frozenset({"media.write"})
    await owner.taps("New link")
    await browser.goes()
    assert "is connected" in owner.text
    assert "⚠️ attach pictures and videos" in owner.text


async def test_a_platform_that_is_down_leaves_another_try(
    owner: Person, browser: Browser, fakes: Fakes
) -> None:
    fakes["twitter"].page.down = True
    await browser.asks("X", "Log in at X")
    assert (await browser.goes()).status == 400
    assert "does not answer at the moment" in owner.text
    assert not await browser.channels()
    fakes["twitter"].page.down = False
    await owner.taps("New link")
    await browser.goes()
    assert "is connected" in owner.text


async def test_a_cancelled_link_no_longer_works(owner: Person, browser: Browser, fakes: Fakes) -> None:
    await browser.asks("X", "Log in at X")
    screen, back = owner.screen, await browser.agrees()
    await owner.taps("Cancel", on=screen)
    await owner.taps("Cancel", on=screen)
    assert "no channel yet" in owner.text
    assert (await browser.sees(back)).status == 410
    assert not await browser.channels()


async def test_another_link_ends_the_one_before(owner: Person, browser: Browser) -> None:
    await browser.asks("X", "Log in at X")
    first = await browser.agrees()
    await browser.asks("X", "Log in at X")
    assert (await browser.sees(first)).status == 410
    await browser.goes()
    assert len(await browser.channels()) == 1


async def test_an_application_the_platform_does_not_know_names_its_settings(
    owner: Person, browser: Browser, fakes: Fakes
) -> None:
    await browser.asks("X", "Log in at X")
    back = await browser.agrees()
    fakes["twitter"].page.secret = "another"
    await browser.sees(back)
    await browser.news()
    assert "X_CLIENT_ID, X_CLIENT_SECRET" in owner.text
