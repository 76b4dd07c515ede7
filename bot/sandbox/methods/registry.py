"""How does a method's name lead to the function that does it?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.model import BotAccount
from bot.sandbox.params import Params
from bot.sandbox.state import Sandbox


@dataclass(frozen=True)
class Context:
    """One call: whose it is and what it asks for."""

    sandbox: Sandbox
    bot: BotAccount
    params: Params


Method = Callable[[Context], Any]
"""Returns the `result`, or something to await for it. Raises `Refusal`. All checks come before the first change."""

_METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the Bot API method `name`."""

    def register(function: Method) -> Method:
        _METHODS[name.lower()] = (name, function)
        return function

    return register


def find_method(name: str) -> tuple[str, Method] | None:
    """The method's proper name and function; names are case-insensitive, as in Telegram."""
    return _METHODS.get(name.lower())


def method_names() -> list[str]:
    """All methods the sandbox has."""
    return sorted(name for name, _ in _METHODS.values())
