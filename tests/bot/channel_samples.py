"""Every screen about channels and of the first run, with difficult values."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.i18n import Translator
from bot.screens.channels import callbacks as cb
from bot.screens.channels import connect_view, view
from bot.screens.channels.words import Right, trouble
from bot.screens.welcome import view as welcome
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.channels.errors import ChannelTaken
from core.channels.models import ChannelStatus
from core.channels.queries import ChannelView
from core.errors import AuthExpired, InvalidInput, NexusError, OutcomeUnknown, Transient
from core.platforms.registry import PLATFORMS
from core.products.models import Product
from core.settings.first_run import Step
from core.settings.typed_zone import Meant
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
TITLES = {"telegram": "Telegram"}
_LONG = "Bad Request: <wrong> & so on " * 40
_RIGHTS = [
    Right("telegram-can-post-messages", held=False, needed=True),
    Right("telegram-can-edit-messages", held=False, needed=False),
    Right("telegram-can-delete-messages", held=True, needed=False),
]


def line(status: ChannelStatus = ChannelStatus.ACTIVE, **changes: object) -> ChannelView:
    """Return a channel."""
    made = ChannelView(
        channel_id=ID, product_id=ID, product_name=NAME, platform="telegram", name=NAME, status=status,
        last_used_at=NOW - timedelta(days=2), error=_LONG if status is ChannelStatus.ERROR else None,
        settings={"silent": True, "link_preview": "off"}, waiting=5, changed_at=NOW,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def _channel(one: ChannelView) -> Callable[[Translator], Screen]:
    return lambda t: view.channel(one, "Telegram", t, NOW)


_LINES = [line(status) for status in ChannelStatus] * 2
SCREENS["channels"] = lambda t: view.channels(_LINES, TITLES, Page(6, 6, 99), t, NOW)
SCREENS["channels empty"] = lambda t: view.channels([], {}, Page(0, 6, 0), t, NOW)
for status in ChannelStatus:
    SCREENS[f"channel {status}"] = _channel(line(status))
SCREENS["channel unused"] = _channel(line(last_used_at=None, waiting=0))
SCREENS["channel lacks"] = _channel(
    line(
        ChannelStatus.ERROR,
        error="rights are missing: telegram-can-post-messages, telegram-can-edit-messages",
    )
)
SCREENS["channel tested"] = lambda t: view.tested(line(), "Telegram", "https://t.me/tea/1", 10**19, t, NOW)
SCREENS["channel settings"] = lambda t: view.settings(line(), PLATFORMS["telegram"].choices, t)
SCREENS["channel no settings"] = lambda t: view.settings(line(), [], t)
for waiting in (0, 1, 2, 5):
    SCREENS[f"disconnect {waiting}?"] = lambda t, n=waiting: view.ask_disconnect(line(waiting=n), t)  # type: ignore[misc]

_OFFERS = [connect_view.Offer(ID, NAME)] * 8
SCREENS["connect no product"] = connect_view.no_product
SCREENS["connect products"] = lambda t: connect_view.products(_OFFERS, Page(0, 8, 20), t)
SCREENS["connect platforms"] = lambda t: connect_view.platforms(_OFFERS[0], [(0, "Telegram")] * 11, ["X"], t)
SCREENS["connect all taken"] = lambda t: connect_view.platforms(_OFFERS[0], [], ["Telegram"], t)
SCREENS["connect ways"] = lambda t: connect_view.ways(
    ID, 0, "telegram", [way.code for way in PLATFORMS["telegram"].ways], t, cb.OpenChannels()
)
for slug, platform in PLATFORMS.items():
    SCREENS[f"connect ways {slug}"] = lambda t, p=platform: connect_view.ways(  # type: ignore[misc]
        ID, 0, p.slug, [way.code for way in p.ways], t, cb.OpenChannels()
    )
    for way, step in [(one, asked) for one in platform.ways for asked in one.steps]:
        SCREENS[f"connect {slug} {way.code} {step.field}"] = lambda t, s=slug, w=way.code, f=step: (  # type: ignore[misc]
            connect_view.question(
                s,
                f.field,
                999_999,
                t,
                way=w,
                bot_name="nexus_bot",
                kept="@" + "x" * 60,
                said=t("connect-said", name=NAME),
                made=f.make() if f.make else "",
            )
        )
SCREENS["connect looking"] = connect_view.looking
SCREENS["connect testing"] = connect_view.testing
_FOUND = connect_view.FoundView(NAME, "Telegram", NAME, _RIGHTS, NAME, 3)
SCREENS["connect lacking"] = lambda t: connect_view.found(_FOUND, 999_999, t)
SCREENS["connect found"] = lambda t: connect_view.found(
    replace(_FOUND, rights=_RIGHTS[1:], before="", waiting=0), 1, t
)
for slug in ("discord", "mastodon", "vk"):
    lacking = [Right(f"{slug}-view-channel", held=False, needed=True)]
    SCREENS[f"connect lacking {slug}"] = lambda t, s=slug, r=lacking: connect_view.found(  # type: ignore[misc]
        replace(_FOUND, rights=r, slug=s, before="", waiting=0), 1, t
    )
SCREENS["connect no test"] = lambda t: connect_view.found(
    replace(_FOUND, rights=[], testable=False, waiting=0), 1, t
)
SCREENS["connect offer"] = lambda t: connect_view.offer(NAME, -(10**15), _OFFERS[:1], t)
SCREENS["connect offers"] = lambda t: connect_view.offer(NAME, -(10**15), _OFFERS, t)
SCREENS["connect offer nothing"] = lambda t: connect_view.offer(NAME, -(10**15), [], t)
_ERRORS: list[NexusError] = [
    ChannelTaken("x", name=NAME, product=NAME),
    AuthExpired(_LONG, error_code="forbidden", reason=_LONG),
    AuthExpired("x", error_code="bad-token"),
    InvalidInput("x", reason="telegram-invite"),
    Transient("x"),
    OutcomeUnknown("x"),
    NexusError(_LONG),
]
for number, error in enumerate(_ERRORS):
    SCREENS[f"connect refused {number}"] = lambda t, e=error: (  # type: ignore[misc]
        connect_view.refused(trouble(e, "telegram", t), 1, t)
    )

_PRODUCT = Product(id=ID, name=NAME, slug="x", description="x", brand_voice={}, settings={})
_MEANT = [
    Meant("America/Argentina/Buenos_Aires", NAME, "AR"),
    Meant("Etc/GMT-5"),
    Meant("Asia/Tbilisi", "Тбилиси", "GE"),
]
SCREENS["welcome zone"] = lambda t: welcome.zone_question(t, parse_zone("UTC+3"), NOW)
SCREENS["welcome zone?"] = lambda t: welcome.zone_confirm(t, _MEANT[0], NOW)
SCREENS["welcome zones"] = lambda t: welcome.zone_choice(t, _MEANT, NOW)
SCREENS["welcome product"] = lambda t: welcome.product_question(t, None)
SCREENS["welcome product again"] = lambda t: welcome.product_question(t, _PRODUCT)
SCREENS["welcome description"] = lambda t: welcome.description_question(t, _PRODUCT, 1000)
SCREENS["welcome channel"] = lambda t: welcome.channel_question(t, _PRODUCT)
for product, connected in ((None, False), (NAME, False), (NAME, True)):
    SCREENS[f"welcome done {product is None} {connected}"] = lambda t, p=product, c=connected: (  # type: ignore[misc]
        welcome.done(t, product=p, channel=c, back=Step.CHANNEL)
    )
