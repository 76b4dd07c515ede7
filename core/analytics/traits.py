"""What about a post may have moved its numbers? A handful of plain properties, each with a few values."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum

import regex

from core.analytics.history import PastPost

_SHORT, _LONG = 200, 700  # characters
_LINK = re.compile(r"https?://|\bt\.me/", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")  # a question mark inside one asks nothing
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}")
# Hours of the owner's wall clock at which a part of the day begins.
_DAY_PARTS = ((6, "night"), (11, "morning"), (15, "midday"), (18, "afternoon"), (24, "evening"))


class Trait(StrEnum):
    """A property that is looked at."""

    DAY_PART = "day_part"  # night, morning, midday, afternoon, evening
    WEEKDAY = "weekday"  # 0 is Monday
    KIND = "kind"
    LENGTH = "length"  # short, medium, long
    MEDIA = "media"  # yes, no
    QUESTION = "question"  # yes, no
    LINK = "link"  # yes, no
    EMOJI = "emoji"  # yes, no


YES, NO = "yes", "no"
# Of these both values are worth naming: a post without a picture is as telling as one with it.
BINARY = frozenset({Trait.MEDIA, Trait.QUESTION, Trait.LINK, Trait.EMOJI})

Traits = Mapping[Trait, str]


def traits_of(
    text: str, *, kind: str | None, has_media: bool, at: datetime | None, zone: tzinfo
) -> dict[Trait, str]:
    """Return the properties of a text; without a time (a draft that is not planned) those of time are left out."""
    found = {
        Trait.LENGTH: "short" if len(text) < _SHORT else "medium" if len(text) < _LONG else "long",
        Trait.MEDIA: _said(has_media),
        Trait.QUESTION: _said("?" in _ADDRESS.sub("", text)),
        Trait.LINK: _said(_LINK.search(text) is not None),
        Trait.EMOJI: _said(_EMOJI.search(text) is not None),
    }
    if kind:
        found[Trait.KIND] = kind
    if at is not None:
        local = at.astimezone(zone)
        found[Trait.WEEKDAY] = str(local.weekday())
        found[Trait.DAY_PART] = next(name for end, name in _DAY_PARTS if local.hour < end)
    return found


def traits_of_post(post: PastPost, zone: tzinfo) -> dict[Trait, str]:
    """Return the properties of a post that is out."""
    return traits_of(post.text, kind=post.kind, has_media=post.has_media, at=post.published_at, zone=zone)


def _said(holds: bool) -> str:
    return YES if holds else NO
