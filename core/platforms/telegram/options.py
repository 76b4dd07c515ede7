"""Which choices has the owner made for a post in Telegram, besides its text and files?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from core.platforms.base import Fix, Problem, Severity
from core.platforms.connecting import Choice
from core.platforms.telegram.entities import encodable

MAX_BUTTONS = 100
_ADDRESS = re.compile(r"(https?|tg)://[^\s]+", re.IGNORECASE)
_PREVIEWS: Mapping[Any, str] = {
    True: "", "on": "", "below": "", "": "", False: "off", "off": "off", "above": "above",
}  # fmt: skip

# What a channel may decide for all its posts. The others belong to one post (a spoiler, buttons) or to one group.
CHOICES = (
    Choice("silent"),
    Choice("protect"),
    Choice("link_preview", ("on", "above", "off")),
    Choice("caption_above"),
    Choice("text_below"),
    Choice("split"),
    Choice("invites"),  # of the channel alone: an invitation link for each post, by which joins are counted
)


@dataclass(frozen=True, slots=True)
class Options:
    """A channel's settings overlaid with the post's own entries; every field may be left out.

    ``formatting``: "markdown", or "none" for a text taken literally. ``link_preview``: "off", "above", or empty for
    Telegram's own choice. ``text_below``: the text follows the media as a message of its own. ``split``: a long text
    becomes several messages. ``buttons``: rows of ``{"text", "url"}`` under the last message.
    """

    formatting: str = "markdown"
    silent: bool = False
    protect: bool = False
    link_preview: str = ""
    caption_above: bool = False
    spoiler: bool = False
    text_below: bool = False
    split: bool = False
    message_thread_id: int | None = None
    buttons: tuple[tuple[Mapping[str, str], ...], ...] = ()


def read_options(post: Mapping[str, Any], settings: Mapping[str, Any]) -> tuple[Options, list[Problem]]:
    """Read the choices; what cannot be understood is left out and reported."""
    chosen: dict[str, Any] = {}
    problems: list[Problem] = []
    for option in fields(Options):
        given = post.get(option.name, settings.get(option.name))
        if given is None:
            continue
        try:
            chosen[option.name] = _read(option.name, given)
        except (ValueError, TypeError):
            # A button that cannot be shown is a promise broken; any other option is a matter of taste.
            severity = Severity.BLOCKING if option.name == "buttons" else Severity.WARNING
            problems.append(Problem("telegram-option", severity, {"option": option.name}, (Fix.EDIT,)))
    return Options(**chosen), problems


def _read(name: str, given: Any) -> Any:
    if name == "buttons":
        return _buttons(given)
    if name == "link_preview":
        return _PREVIEWS[given] if given in _PREVIEWS else _refuse(name)
    if name == "message_thread_id":
        return int(given) if not isinstance(given, bool) and int(given) > 0 else _refuse(name)
    if name == "formatting":
        known = {"markdown": "markdown", "none": "none", "plain": "none"}
        return known.get(str(given).lower()) or _refuse(name)
    return given if isinstance(given, bool) else _refuse(name)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _buttons(given: Any) -> tuple[tuple[Mapping[str, str], ...], ...]:
    """Rows of buttons; a flat list is one button a row. Raises ``ValueError``."""
    if not isinstance(given, list | tuple):
        raise TypeError("buttons must be a list")
    rows = tuple(
        tuple(_button(one) for one in (row if isinstance(row, list | tuple) else [row])) for row in given
    )
    rows = tuple(row for row in rows if row)
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise ValueError("too many buttons")
    return rows


def _button(given: Any) -> Mapping[str, str]:
    if not isinstance(given, Mapping):
        raise TypeError("a button has a text and an address")
    text, url = (encodable(str(given.get(name) or "")).strip() for name in ("text", "url"))
    if not text or not _ADDRESS.fullmatch(url):
        raise ValueError("a button has a text and an address")
    return {"text": text, "url": url}
