"""What may a framed post (an embed) hold, and is it within Discord's limits?"""

from collections.abc import Mapping
from typing import Any

from core.platforms.base import Fix, Problem, Severity

TITLE, DESCRIPTION, FIELDS, NAME, VALUE, FOOTER, TOTAL = 256, 4096, 25, 256, 1024, 2048, 6000


def read(given: Any, text: str, problems: list[Problem]) -> dict[str, Any] | None:
    """Return the embed that the draft asks for; ``True`` puts the text into one. None when there is none.

    What cannot be understood is left out and reported; what is too long blocks.
    """
    if given is True:
        given = {}
    if not isinstance(given, Mapping):
        if given not in {None, False}:
            problems.append(_option())
        return None
    embed: dict[str, Any] = {"description": text} if text else {}
    embed |= {
        name: str(given[name]) for name in ("title", "description", "url") if isinstance(given.get(name), str)
    }
    color = given.get("color")
    if isinstance(color, int) and not isinstance(color, bool) and 0 <= color <= 0xFFFFFF:
        embed["color"] = color
    footer = given.get("footer")
    if isinstance(footer, Mapping) and isinstance(footer.get("text"), str):
        embed["footer"] = {"text": footer["text"]}
    fields = given.get("fields")
    if isinstance(fields, list):
        embed["fields"] = [
            {"name": str(one["name"]), "value": str(one["value"]), "inline": one.get("inline") is True}
            for one in fields
            if isinstance(one, Mapping) and one.get("name") and one.get("value")
        ]
    problems += _too_long(embed)
    return embed or None


def length(embed: Mapping[str, Any]) -> int:
    """Characters that count toward the limit of all embeds of a message."""
    fields = embed.get("fields", [])
    return (
        len(embed.get("title", ""))
        + len(embed.get("description", ""))
        + len(embed.get("footer", {}).get("text", ""))
        + sum(len(one["name"]) + len(one["value"]) for one in fields)
    )


def _too_long(embed: Mapping[str, Any]) -> list[Problem]:
    fields = embed.get("fields", [])
    sizes = [
        ("title", len(embed.get("title", "")), TITLE),
        ("footer", len(embed.get("footer", {}).get("text", "")), FOOTER),
        ("fields", len(fields), FIELDS),
        *(("name", len(one["name"]), NAME) for one in fields),
        *(("value", len(one["value"]), VALUE) for one in fields),
        ("total", length(embed), TOTAL),
    ]
    return [
        Problem(
            "discord-embed-too-long",
            Severity.BLOCKING,
            {"what": what, "count": size, "limit": limit},
            (Fix.EDIT,),
        )
        for what, size, limit in sizes
        if size > limit
    ]


def _option() -> Problem:
    return Problem("discord-option", Severity.WARNING, {"option": "embed"}, (Fix.EDIT,))
