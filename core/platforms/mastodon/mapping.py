"""How will a post look on Mastodon, and would the server take it? Pure; the server's limits are channel settings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaItem, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.media_rules import MB, MediaRules
from core.text.count import grapheme_length, is_visible
from core.text.markdown import parse
from core.text.plain import to_plain
from core.text.rich import RichText
from core.text.split import split

SLUG = "mastodon"

_URL = re.compile(r"https?://[^\s<>\"'«»]+", re.IGNORECASE)
_REMOTE_MENTION = re.compile(r"(?<![\w/])@([A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@[\w.-]+\w")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
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
    for number, text in enumerate(_texts(post, limits, problems)):
        media = post.media if number == 0 else ()
        parts.append(_part(text, media, post.options, settings, limits, problems))
    if not parts and post.media:
        parts.append(_part("", post.media, post.options, settings, limits, problems))
    if not parts:
        problems.append(Problem("empty", Severity.BLOCKING, fixes=(Fix.EDIT,)))
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


def _texts(post: Post, limits: Limits, problems: list[Problem]) -> list[str]:
    texts: list[str] = []
    for number, given in enumerate(post.thread or (post.text,), start=1):
        rich = parse(_NOT_TEXT.sub("", given))
        if not is_visible(rich.text):
            if post.thread:
                problems.append(Problem("empty-part", Severity.BLOCKING, {"part": number}, (Fix.EDIT,)))
            continue
        plain = RichText(to_plain(rich).strip())
        if post.options.get("split") is True and count(plain.text, limits) > limits.characters:
            pieces = split(plain, limits.characters, lambda text: count(text, limits))
            texts += [piece.text for piece in pieces]
        else:
            texts.append(plain.text)
    return texts


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
        over = {"count": length, "limit": limits.characters, "over": length - limits.characters}
        problems.append(Problem("too-long", Severity.BLOCKING, over, (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT)))
    payload: dict[str, Any] = {"status": text}
    visibility = options.get("visibility", settings.get("visibility"))
    if visibility in _VISIBILITIES:
        payload["visibility"] = visibility
    return Part("POST /api/v1/statuses", payload, text, length, limits.characters, media=tuple(media))
