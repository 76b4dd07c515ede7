"""Which entities does Telegram find by itself in plain text: links, mentions, hashtags, commands?"""

import re

from bot.sandbox.formatted import Entity
from bot.sandbox.limits import utf16_units

PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?![\w-])")),
    ("url", re.compile(r"(?<![\w@])(?:https?://[^\s<>\"«»]+|tg://[^\s<>\"]+)", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[A-Za-z0-9-]{1,63}\.)+(?:com|net|org|ru|io|me|app|dev|ai|info|рф|xyz|co|by|kz|ua|eu|de|uk|tv|so)"
            r"(?![\w-])(?:/[^\s<>\"«»]*)?"
        ),
    ),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#@])#(?=\w*[^\W\d_])\w{1,256}")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?!\w)")),  # never an amount of money
)
TRAILING = ".,:;!?'\")]}…"


def find_entities(text: str, taken: list[Entity]) -> list[Entity]:
    """Entities found in `text` outside the places that `taken` code, links and mentions already cover."""
    blocked = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in taken
        if entity["type"] in {"code", "pre", "text_link", "text_mention", "custom_emoji"}
    ]
    found: list[Entity] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            value = _trimmed(match.group()) if kind == "url" else match.group()
            start = utf16_units(text[: match.start()])
            end = start + utf16_units(value)
            if any(start < stop and begin < end for begin, stop in blocked):
                continue
            blocked.append((start, end))
            found.append({"type": kind, "offset": start, "length": end - start})
    return found


def _trimmed(url: str) -> str:
    """A link without the punctuation that ends the sentence around it."""
    while url and url[-1] in TRAILING and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url
