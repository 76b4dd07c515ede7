"""What does a platform ask for when a channel is connected, and which choices does a channel of it have?

A platform declares ways; the panel's wizard walks through the steps of the chosen one, proves the whole with the
platform's ``check``, and only then keeps it. Texts are found by name: ``way-<slug>-<code>``, ``step-<slug>-<field>``,
``option-<slug>-<name>``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.config import Settings

if TYPE_CHECKING:
    from core.platforms.base import Target

# Say whose credential was just given, before the next is asked for; raises like ``core.platforms.base.Check``. The
# target has no credentials yet, only the tools.
Prove = Callable[["Target", Mapping[str, str]], Awaitable[str]]


def _nothing(settings: Settings) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the owner gives: a field of the platform's credentials.

    ``read`` finds the value in what was typed, or raises ``InvalidInput`` with a ``reason`` that has words. What is
    ``secret`` is deleted from the chat at once. ``forwarded``: a post passed on from the account answers it as well.
    """

    field: str
    read: Callable[[str], str] = str.strip
    secret: bool = False
    forwarded: bool = False
    prove: Prove | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to connect. ``provided`` gives the credentials that NEXUS has itself; None where the way is closed."""

    code: str
    steps: tuple[Step, ...]
    provided: Callable[[Settings], Mapping[str, str] | None] = _nothing
    own_bot: bool = False  # the panel's own bot posts: adding it to a chat is an offer to connect that chat


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting of a channel with the values it may have, the default first."""

    name: str
    values: tuple[bool | str, ...] = (False, True)
