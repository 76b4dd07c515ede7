"""How will a post look on Mastodon, and would the server take it? Pure; the server's limits are channel settings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.platforms import media_rules
from core.platforms.base import MediaItem, MediaKind, Part, Post, Problem, Rendering
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import empty, plain_texts, too_long
from core.text.count import grapheme_length

SLUG = "mastodon"

_URL = re.compile(r"https?://[^\s<>\"'«»]+", re.IGNORECASE)
_REMOTE_MENTION = re.compile(r"(?<![\w/])@([A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@[\w.-]+\w")
_VISIBILITIES = frozenset({"public", "unlisted", "private"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What this server allows; the defaults are those of an unchanged Mastodon."""

    characters: int = 500
    url: int = 23  # every link counts so much
    media: int = 4

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Limits":
        """Read what connecting has learnt from ``/api/v2/instance``."""
        stored = settings.get("instance")
        known = stored if isinstance(stored, Mapping) else {}
        return cls(
            _positive(known.get("max_characters"), 500),
            _positive(known.get("characters_reserved_per_url"), 23),
            _positive(known.get("max_media_attachments"), 4),
        )


def _positive(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


def count(text: str, limits: Limits) -> int:
    """Return the length as the server counts it: graphemes, a link ``limits.url``, of a remote mention only @user."""
    links = len(_URL.findall(text))
    shortened = _REMOTE_MENTION.sub(r"@\1", _URL.sub("", text))
    return grapheme_length(shortened) + links * limits.url


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as the statuses that make it. Never raises for content."""
    limits = Limits.of(settings)
    rules = _rules(limits)
    problems = media_rules.check(post.media, rules)
    parts: list[Part] = []
    texts = plain_texts(post, problems, limit=limits.characters, measure=lambda text: count(text, limits))
    for number, text in enumerate(texts):
        media = post.media if number == 0 else ()
        parts.append(_part(text, media, post.options, settings, limits, problems))
    if not parts and post.media:
        parts.append(_part("", post.media, post.options, settings, limits, problems))
    if not parts:
        problems.append(empty())
    return Rendering(SLUG, tuple(parts), tuple(problems))


def _rules(limits: Limits) -> MediaRules:
    return MediaRules(
        most=limits.media,
        kinds=frozenset({MediaKind.IMAGE, MediaKind.ANIMATION, MediaKind.VIDEO, MediaKind.AUDIO}),
        alone=frozenset({MediaKind.VIDEO, MediaKind.ANIMATION, MediaKind.AUDIO}),
        bytes_of={MediaKind.VIDEO: 99 * MB, MediaKind.ANIMATION: 16 * MB, MediaKind.AUDIO: 99 * MB},
        picture_formats=("JPEG", "PNG", "WEBP", "GIF"),
        picture_bytes=16 * MB,
        picture_side=3840,
        alt_limit=1500,
    )


PICTURES = _rules(Limits())


def _part(
    text: str,
    media: Sequence[MediaItem],
    options: Mapping[str, Any],
    settings: Mapping[str, Any],
    limits: Limits,
    problems: list[Problem],
) -> Part:
    length = count(text, limits)
    if length > limits.characters:
        problems.append(too_long(length, limits.characters))
    payload: dict[str, Any] = {"status": text}
    visibility = options.get("visibility", settings.get("visibility"))
    if visibility in _VISIBILITIES:
        payload["visibility"] = visibility
    return Part("POST /api/v1/statuses", payload, text, length, limits.characters, media=tuple(media))
