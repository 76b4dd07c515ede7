"""What does a platform ask for when a channel is connected, and which choices does a channel of it have?

A platform declares ways; the panel's wizard walks through the steps of the chosen one, proves the whole with the
platform's ``check``, and only then keeps it. Texts are found by name: ``way-<slug>-<code>``, ``step-<slug>-<field>``,
``option-<slug>-<name>``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from core.config import Settings
from core.platforms.oauth import Client, OAuth

if TYPE_CHECKING:
    from core.platforms.base import Target

# Say whose credential was just given, before the next is asked for; raises like ``core.platforms.base.Check``. The
# target has no credentials yet, only the tools.
Prove = Callable[["Target", Mapping[str, str]], Awaitable[str]]

# Find what of the credentials, or of the channel's settings, the platform can tell from what was given: whose a token is,
# where an account lives. Raises like ``core.platforms.base.Check``; the target has no credentials yet.
Complete = Callable[["Target", Mapping[str, str]], Awaitable[Mapping[str, Any]]]


def _nothing(settings: Settings) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the owner gives: a field of the platform's credentials, or (``setting``) of the channel's settings.

    ``read`` finds the value in what was typed, or raises ``InvalidInput`` with a ``reason`` that has words. What is
    ``secret`` is deleted from the chat at once. ``forwarded``: a post passed on from the account answers it as well.
    A server of the owner's choice is the setting ``api_base``. What ``make`` makes is shown once, to be kept at the other
    end; the owner may give another value instead.
    """

    field: str
    read: Callable[[str], str] = str.strip
    secret: bool = False
    forwarded: bool = False
    prove: Prove | None = None
    setting: bool = False
    make: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An account that a login gives: what to keep of it, and how it is called where several are to choose from."""

    credentials: Mapping[str, Any] = field(repr=False)
    name: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Granted:
    """What became of a code. ``scopes`` are those that were really given; None where the platform does not say."""

    accounts: Sequence[Offered]
    scopes: frozenset[str] | None = None


class Login(Protocol):
    """Find the accounts behind fresh ``tokens`` (as ``core.platforms.oauth.exchange`` returns them), and their rights.

    ``client`` is the owner's application, for what only it may ask (a token that lives longer). Raises like ``Check``.
    """

    async def __call__(self, target: Target, tokens: Mapping[str, Any], client: Client) -> Granted: ...


@dataclass(frozen=True, slots=True)
class Consent:
    """The owner agrees on the platform's own page, and NEXUS gets tokens by OAuth 2.

    ``application``: what the settings with the owner's application there begin with (``X`` of ``X_CLIENT_ID``). Empty
    where NEXUS registers one with the owner's server by itself (``register`` is the path). Without the scopes that are
    ``needed`` nothing can be published; the others are only missed. ``echoed``: parameters of the callback that belong
    into the exchange.
    """

    oauth: OAuth
    login: Login
    needed: frozenset[str]
    application: str = ""
    register: str = ""
    echoed: tuple[str, ...] = ()

    def client(self, settings: Settings) -> Client | None:
        """Return the owner's application, if it is set."""
        found = settings.application(self.application) if self.application else None
        return Client(*found) if found else None

    def lacks(self, settings: Settings) -> tuple[str, ...]:
        """Return which settings are missing before this way is open."""
        own = settings.application_lacks(self.application) if self.application else ()
        return own if settings.public_url is not None else (*own, "PUBLIC_URL")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to connect. ``provided`` gives the credentials that NEXUS has itself; None where the way is closed.

    With ``consent`` the steps (none of them secret) only lead to the platform's page, which gives the credentials.
    """

    code: str
    steps: tuple[Step, ...]
    provided: Callable[[Settings], Mapping[str, str] | None] = _nothing
    own_bot: bool = False  # the panel's own bot posts: adding it to a chat is an offer to connect that chat
    consent: Consent | None = None
    complete: Complete | None = None

    def lacks(self, settings: Settings) -> tuple[str, ...]:
        """Return which settings would open the way; it is shown as closed until they are there."""
        return self.consent.lacks(settings) if self.consent is not None else ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting of a channel with the values it may have, the default first."""

    name: str
    values: tuple[bool | str, ...] = (False, True)
