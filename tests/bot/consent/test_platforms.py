"""Each platform's own way to tokens: exchanged for longer ones, renewed by device, registered with a server, chosen from many."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.i18n import LANGUAGES, translator
from core.channels.models import ChannelStatus, ConsentStatus
from core.clock import ManualClock
from core.platforms.registry import PLATFORMS
from core.runtime import Runtime
from tests.bot.consent.browser import Browser
from tests.bot.person import Person
from tests.fakes.platforms.facebook import PAGE, FakeFacebook
from tests.fakes.platforms.instagram import USER as IG_USER
from tests.fakes.platforms.linkedin import AUTHOR, FakeLinkedIn
from tests.fakes.platforms.mastodon import FakeMastodon
from tests.fakes.platforms.server import FakePlatform
from tests.fakes.platforms.threads import USER as TH_USER
from tests.fakes.platforms.threads import FakeThreads
from tests.fakes.platforms.vk import FakeVk

Fakes = Mapping[str, FakePlatform]
CONSENTS = [
    (platform, way, way.consent) for platform in PLATFORMS.values() for way in platform.ways if way.consent
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_and_every_scope_has_words(language: str) -> None:
    t = translator(language)
    assert {platform.slug for platform, _, _ in CONSENTS} == {
        "twitter", "linkedin", "facebook", "instagram", "threads", "mastodon", "vk",
    }  # fmt: skip
    for platform, way, consent in CONSENTS:
        assert t.has(f"ways-{platform.slug}")
        assert t.has(f"way-{platform.slug}-{way.code}")
        assert consent.needed <= set(consent.oauth.scopes)
        assert not any(step.secret for step in way.steps), "what leads to a page is kept in the open"
        for scope in consent.oauth.scopes:
            assert t.has(f"right-{platform.slug}-scope-{scope.replace('.', '-').replace(':', '-')}"), scope


async def test_linkedin_in_a_person_s_name(owner: Person, browser: Browser, runtime: Runtime) -> None:
    await browser.asks("LinkedIn", "In my name")
    await browser.goes()
    assert "The channel “Anna Acme” is connected" in owner.text
    kept = await browser.credentials()
    assert (kept["author"], kept["client_id"]) == ("urn:li:person:p-77", "li-client-1")
    (channel,) = await browser.channels()
    assert channel.credentials_expire_at == runtime.clock.now() + timedelta(days=60)


async def test_linkedin_in_a_page_s_name_asks_which(owner: Person, browser: Browser, fakes: Fakes) -> None:
    linkedin = fakes["linkedin"]
    assert isinstance(linkedin, FakeLinkedIn)
    linkedin.organisations = {"urn:li:organization:1": "Other <b>", AUTHOR: "Acme"}
    await browser.asks("LinkedIn", "In a page")
    seen = await browser.goes()
    assert "choose where to publish" in seen.text
    assert not await browser.channels()
    await owner.taps("Acme")
    assert "The channel “Acme” is connected" in owner.text
    assert (await browser.credentials())["author"] == AUTHOR


async def test_facebook_one_page_is_kept_with_its_own_endless_token(
    owner: Person, browser: Browser, fakes: Fakes
) -> None:
    await browser.asks("Facebook", "Log in at Facebook")
    await browser.goes()
    assert "The channel “Acme” is connected" in owner.text
    facebook = fakes["facebook"]
    assert isinstance(facebook, FakeFacebook)
    assert await browser.credentials() == {"access_token": facebook.token, "page_id": PAGE}
    assert (await browser.channels())[0].credentials_expire_at is None


async def test_of_many_pages_the_owner_chooses_once(owner: Person, browser: Browser, fakes: Fakes) -> None:
    facebook = fakes["facebook"]
    assert isinstance(facebook, FakeFacebook)
    facebook.pages = [(str(500_000 + number), f"Page {number}") for number in range(9)] + [(PAGE, "Acme")]
    await browser.asks("Facebook", "Log in at Facebook")
    await browser.goes()
    (consent,) = await browser.consents()
    assert consent.status == ConsentStatus.CHOOSING
    assert facebook.token not in str(consent.secret)
    assert not any(label == "Acme" for label in owner.labels)
    first = owner.screen
    await owner.taps("›")
    chosen = owner.screen
    await owner.taps("Acme", on=chosen)
    assert "The channel “Acme” is connected" in owner.text
    await owner.taps("Acme", on=chosen)
    await owner.taps("Page 0", on=first)
    assert "nothing was done" in owner.text
    assert (await browser.credentials())["page_id"] == PAGE
    assert len(await browser.channels()) == 1


async def test_a_choice_that_fails_for_a_while_stays_open(
    owner: Person, browser: Browser, fakes: Fakes, clock: ManualClock
) -> None:
    facebook = fakes["facebook"]
    assert isinstance(facebook, FakeFacebook)
    facebook.pages = [(PAGE, "Acme"), ("500001", "Gone")]
    await browser.asks("Facebook", "Log in at Facebook")
    await browser.goes()
    asked = owner.screen
    await owner.taps("Gone")
    assert "is not connected" in owner.text
    assert not await browser.channels()
    await owner.taps("New link")
    await browser.goes()
    clock.advance(timedelta(hours=1, seconds=1))
    await owner.taps("Acme")
    assert "nothing was done" in owner.text
    await owner.taps("Acme", on=asked)
    assert not await browser.channels()


async def test_a_login_without_a_page_says_so(owner: Person, browser: Browser, fakes: Fakes) -> None:
    facebook = fakes["facebook"]
    assert isinstance(facebook, FakeFacebook)
    facebook.pages = []
    await browser.asks("Facebook", "Log in at Facebook")
    await browser.goes()
    assert "no page or community" in owner.text


async def test_instagram_takes_the_account_s_number_and_a_token_of_60_days(
    owner: Person, browser: Browser, fakes: Fakes, runtime: Runtime
) -> None:
    await browser.asks("Instagram", "Log in at Instagram")
    await browser.goes()
    assert "The channel “@acme” is connected" in owner.text
    kept = await browser.credentials()
    assert kept["user_id"] == IG_USER
    (channel,) = await browser.channels()
    assert channel.credentials_expire_at is not None
    assert channel.credentials_expire_at > runtime.clock.now() + timedelta(days=59)


@pytest.mark.parametrize("tells", [True, False])
async def test_threads_names_scopes_where_it_tells_them(
    owner: Person, browser: Browser, fakes: Fakes, tells: bool
) -> None:
    threads = fakes["threads"]
    assert isinstance(threads, FakeThreads)
    threads.tells_scopes = tells
    threads.page.leaves_out = frozenset({"threads_delete"})
    await browser.asks("Threads", "Log in at Threads")
    await browser.goes()
    assert "The channel “@acme” is connected" in owner.text
    assert ("⚠️ delete what is published" in owner.text) is tells
    assert (await browser.credentials())["user_id"] == TH_USER


async def test_mastodon_is_registered_with_the_server_once(
    owner: Person, browser: Browser, fakes: Fakes
) -> None:
    mastodon = fakes["mastodon"]
    for _ in range(2):
        await browser.asks("Mastodon", "Log in at the server")
        await owner.says(mastodon.url)
    back = await browser.agrees()
    await browser.sees(back)
    await browser.news()
    assert "The channel “@acme” is connected" in owner.text
    assert mastodon.requests.count("POST /api/v1/apps") == 1
    (channel,) = await browser.channels()
    assert channel.settings["api_base"] == mastodon.url
    await owner.taps("Test post")
    assert len(mastodon.wall) == 1


async def test_a_server_that_takes_no_applications_is_asked_for_again(
    owner: Person, browser: Browser, fakes: Fakes
) -> None:
    mastodon = fakes["mastodon"]
    assert isinstance(mastodon, FakeMastodon)
    mastodon.takes_applications = False
    await browser.asks("Mastodon", "Log in at the server")
    await owner.says(mastodon.url)
    assert "does not take applications" in owner.text
    mastodon.takes_applications = True
    await owner.taps("Check again")
    await browser.goes()
    assert "is connected" in owner.text


async def test_vk_asks_for_the_community_and_keeps_the_device(
    owner: Person, browser: Browser, fakes: Fakes
) -> None:
    vk = fakes["vk"]
    assert isinstance(vk, FakeVk)
    vk.edits = [(555, "Acme"), (556, "Club")]
    await browser.asks("VK", "Log in at VK")
    await browser.goes()
    assert any("id1001" in label for label in owner.labels), "the person's own wall is offered, too"
    await owner.taps("Acme")
    assert "The channel “Acme” is connected" in owner.text
    kept = await browser.credentials()
    assert (kept["owner_id"], kept["device_id"], kept["client_id"]) == (-555, "device-1", "51000")
    assert (await browser.channels())[0].status == ChannelStatus.ACTIVE


async def test_vk_refuses_a_code_with_status_200(owner: Person, browser: Browser, clock: ManualClock) -> None:
    await browser.asks("VK", "Log in at VK")
    back = await browser.agrees()
    clock.advance(timedelta(minutes=1))
    await browser.sees(back)
    await browser.news()
    assert "The code VK gave was over" in owner.text
