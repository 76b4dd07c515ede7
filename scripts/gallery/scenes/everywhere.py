"""One idea on five platforms: connecting them, each one's own text, a key that is refused, a post in doubt."""

from scripts.gallery.forms import OPENING
from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene
from scripts.gallery.world import Start
from tests.bot.channels.pasted import CASES, Case


def _case(slug: str, way: str) -> Case:
    return next(case for case in CASES if (case.slug, case.way) == (slug, way))


_X = _case("twitter", "Tokens from the portal")
_BLUESKY = _case("bluesky", "By the account's name")
_DISCORD = _case("discord", "The channel's webhook")
_LINKEDIN = _case("linkedin", "A token, in a page's name")


async def _begin(phone: Phone, title: str) -> None:
    await phone.say("/channels")
    await phone.tap("channels-connect")
    await phone.tap_exactly_label(title)


async def _type(phone: Phone, case: Case, *, first: int = 0) -> None:
    """Give the answers from the one numbered ``first`` on; the way to the next picture names no key."""
    fake = phone.world.platforms[case.slug]
    for number in range(first, len(case.answers)):
        last = number == len(case.answers) - 1
        await phone.say(case.typed(number, fake), until="connect-untested" if last else None)
        if number in case.secrets:
            phone.trail[-1] = "the key"


async def _connect(phone: Phone) -> None:
    await phone.say("/channels")
    await phone.tap("channels-connect")
    await phone.shot("platforms", "Where shall it be published?")
    await phone.tap_exactly_label("X")
    await phone.shot("x-ways", "X: two ways to connect it")
    await phone.tap("way-twitter-consent")
    await phone.shot("x-link", "X: log in on its own page")
    await phone.tap("ui-cancel")
    await _begin(phone, "X")
    await phone.tap("way-twitter-tokens")
    await phone.shot("x-paste", "X: or paste what the portal shows")
    await _type(phone, _X)
    await phone.shot("x-found", "X: whose tokens they are, and what they may do")
    await phone.tap("connect-untested")
    await _begin(phone, "Bluesky")
    await phone.shot("bluesky-ways", "Bluesky: the ways")
    await phone.tap("way-bluesky-app_password")
    await phone.say("acme.example")
    await phone.shot("bluesky-paste", "Bluesky: the app password is deleted from the chat at once")
    await _type(phone, _BLUESKY, first=1)
    await phone.shot("bluesky-found", "Bluesky: found")
    await phone.tap("connect-untested")
    await _begin(phone, "Discord")
    await phone.shot("discord-ways", "Discord: a webhook or a bot")
    await phone.tap("way-discord-webhook")
    await phone.shot("discord-paste", "Discord: the webhook's address")
    await _type(phone, _DISCORD)
    await phone.tap("connect-test")
    await phone.shot("discord-connected", "Discord: connected, the test post is there")
    await _begin(phone, "LinkedIn")
    await phone.shot("linkedin-closed", "LinkedIn: what opens the way over its own page")
    await phone.tap("way-linkedin-page_token")
    await _type(phone, _LINKEDIN)
    await phone.tap("connect-untested")
    await phone.say("/channels")
    await phone.shot("channels", "Five channels of one product")


async def _one_draft(phone: Phone) -> None:
    await phone.say(OPENING, until="draft-approve")
    await phone.shot("card", "One idea, five platforms in one draft")
    await phone.tap_label("Discord")
    await phone.shot("discord", "Discord's own text, as it will be there")
    await phone.tap_label("LinkedIn")
    await phone.shot("linkedin", "LinkedIn's own text")
    await phone.tap("draft-edit")
    await phone.shot("edit", "Editing all of them, or one")
    await phone.tap("ui-cancel")
    await phone.tap("draft-outlets")
    await phone.tap_label("LinkedIn")
    await phone.shot("outlets", "Which platforms it goes out on")
    await phone.tap_label("LinkedIn")
    await phone.back()
    await phone.tap("draft-approve")
    await phone.tap("draft-schedule")
    await phone.tap("schedule-type")
    await phone.say({"ru": "завтра 10:00", "en": "tomorrow 10:00"}[phone.language], until="schedule-spread")
    await phone.shot("spread", "All at that time, or one platform after another")
    await phone.tap("schedule-spread", until="draft-unschedule")
    await phone.shot("planned", "Each platform at a time of its own")


async def _locked_out(phone: Phone) -> None:
    """X refuses the key, Telegram's answer is lost: the owner reconnects the one and answers for the other."""
    phone.world.platforms["twitter"].revoked = True
    await phone.fault("cut", "sendMessage", chat_id=await phone.channel(), times=1)
    phone.trail = []
    await phone.tap("draft-now", until="draft-undo")
    await phone.wait_for_text(phone.label("channel-reconnect"), 90)
    await phone.wait_for_text(phone.label("resolve-live"), 90)
    await phone.shot("uncertain", "Telegram's answer was lost: did it go out?", of="resolve-live")
    await phone.shot("refused", "X takes the key back: its queue waits", of="channel-reconnect")
    await phone.tap("resolve-live")


async def play(phone: Phone) -> None:
    """Connect four more platforms, make one draft for all, and repair what goes wrong on two of them."""
    await phone.say("/start")
    await phone.tap_label({"ru": "Русский", "en": "English"}[phone.language])
    phone.trail = []
    await _connect(phone)
    await _one_draft(phone)
    await _locked_out(phone)
    await _back_again(phone)


async def _back_again(phone: Phone) -> None:
    fake = phone.world.platforms["twitter"]
    fake.revoked = False
    phone.trail = []
    await phone.tap("channel-reconnect")
    await phone.tap("way-twitter-tokens")
    await _type(phone, _X)
    await phone.tap("connect-untested")
    await phone.wait_for_text("x.com/acme/status")
    await phone.shot("out", "Its waiting post has gone out")


SCENE = Scene("everywhere", "One idea, five platforms", ("channels", "draft"), play, Start.EVERYWHERE)
