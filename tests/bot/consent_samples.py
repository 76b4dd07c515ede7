"""Every screen around consent pages, with difficult values."""

from collections.abc import Callable
from typing import Any

from bot.i18n import Translator
from bot.screens.channels import callbacks as cb
from bot.screens.channels import connect_view
from bot.screens.channels import consent_view as view
from bot.screens.channels import view as channel_view
from bot.screens.channels.words import Right
from bot.ui.screen import Screen
from core.channels.errors import (
    AnotherAccount,
    ApplicationRefused,
    ChannelLacksRights,
    ChannelTaken,
    CodeExpired,
    ConsentDenied,
    ConsentRefused,
    NoAccounts,
    ScopesMissing,
)
from core.channels.granting import told
from core.errors import NexusError, Rejected, Stale, Transient, Unsupported
from core.platforms.registry import PLATFORMS
from tests.bot.channel_samples import line
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_LONG = "Bad Request: <wrong> & so on " * 40
_RIGHTS: list[dict[str, Any]] = [
    {"code": "twitter-scope-tweet-write", "held": False, "needed": True},
    {"code": "twitter-scope-media-write", "held": False, "needed": False},
    {"code": "twitter-scope-tweet-read", "held": True, "needed": True},
    {"code": "twitter-scope-of-tomorrow", "held": True, "needed": False},
]


def _view(outcome: dict[str, Any], **more: Any) -> view.ConsentView:
    return view.ConsentView(ID, ID, more.pop("channel", None), "twitter", "X", outcome, **more)


_ADDRESS = "https://x.com/i/oauth2/authorize?state=" + "x" * 800
SCREENS["consent link"] = lambda t: view.open_link(ID, "X", NAME, _ADDRESS, 10, t)
SCREENS["consent choice"] = lambda t: view.choice(_view({"names": [NAME] * 99}), t, 8)
SCREENS["consent choice of one"] = lambda t: view.choice(
    _view({"names": [NAME], "before": NAME}, waiting=3), t
)
for first in (False, True):
    SCREENS[f"consent connected {first}"] = lambda t, f=first: view.connected(  # type: ignore[misc]
        channel_view.channel(line(), "X", t, NOW), NAME, [Right(**right) for right in _RIGHTS], t, first_run=f
    )
_ERRORS: list[NexusError] = [
    ConsentDenied("x"),
    ConsentRefused("x", reason="unauthorized scope error"),
    CodeExpired("x", reason=_LONG),
    ApplicationRefused("x", settings="X_CLIENT_ID, X_CLIENT_SECRET", reason=_LONG),
    ScopesMissing("x", rights=_RIGHTS),
    NoAccounts("x", platform="X"),
    AnotherAccount("x", before=NAME, name=NAME),
    ChannelTaken("x", name=NAME, product=NAME),
    ChannelLacksRights("x", name=NAME, rights=_RIGHTS[:1]),
    Transient("x", platform="X"),
    Rejected(_LONG, error_code="http-400", reason=_LONG),
    Unsupported("x", platform="twitter"),
    Stale("x"),
    NexusError(_LONG),
]
for number, error in enumerate(_ERRORS):
    SCREENS[f"consent failed {number}"] = lambda t, e=error: view.failed(_view(told(e), channel=ID), t)  # type: ignore[misc]
SCREENS["consent broken off"] = lambda t: view.failed(_view({}), t)
_CLOSED = [(way.code, ("X_CLIENT_ID", "X_CLIENT_SECRET", "PUBLIC_URL")) for way in PLATFORMS["linkedin"].ways]
SCREENS["ways closed"] = lambda t: connect_view.ways(ID, 4, "linkedin", [], t, cb.OpenChannels(), _CLOSED)
for slug, platform in PLATFORMS.items():
    codes = [way.code for way in platform.ways if way.consent is not None]
    if codes:
        SCREENS[f"ways {slug}"] = lambda t, s=slug, c=codes: connect_view.ways(  # type: ignore[misc]
            ID, 9, s, c, t, cb.OpenChannels()
        )
