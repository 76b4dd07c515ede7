"""Which files does a platform take, and how many together? One description, one check for all platforms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.media.store import SCHEME
from core.platforms.base import Fix, MediaItem, MediaKind, Problem, Severity

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MediaRules:
    """What one post may carry. Sizes are in bytes, and of what we upload; pictures are made to fit, other files not.

    ``alone`` are kinds of which one post takes a single one, with nothing beside it. ``picture_formats`` are Pillow's
    names; a picture of another format becomes the first of them. ``needs_media`` is for platforms without plain text.
    """

    most: int
    kinds: frozenset[MediaKind]
    alone: frozenset[MediaKind] = frozenset()
    bytes_of: Mapping[MediaKind, int] = field(default_factory=dict)
    picture_formats: tuple[str, ...] = ("JPEG", "PNG")
    picture_bytes: int = 5 * MB
    picture_side: int = 4096  # pixels, the longer side
    alt_limit: int = 1000  # characters
    needs_media: bool = False


def check(media: Sequence[MediaItem], rules: MediaRules) -> list[Problem]:
    """Return what the platform would refuse about these files; every finding blocks, and editing is its repair."""
    problems: list[Problem] = []
    if rules.needs_media and not media:
        problems.append(_blocking("media-needed"))
    if len(media) > rules.most:
        problems.append(_blocking("too-many-files", count=len(media), limit=rules.most))
    if len(media) > 1 and any(item.kind in rules.alone for item in media):
        problems.append(_blocking("mixed-album"))
    for number, item in enumerate(media, start=1):
        if item.kind not in rules.kinds:
            problems.append(_blocking("kind-not-taken", number=number, kind=str(item.kind)))
            continue
        if not item.url.startswith(SCHEME) and not item.url.lower().startswith(("http://", "https://")):
            problems.append(_blocking("media-address", number=number))
        limit = rules.bytes_of.get(item.kind)
        if limit is not None and item.size is not None and item.size > limit:
            problems.append(
                _blocking(
                    "file-too-large", number=number, megabytes=-(-item.size // MB), limit=max(1, limit // MB)
                )
            )
    long = [number for number, item in enumerate(media, start=1) if len(item.alt) > rules.alt_limit]
    problems += [
        Problem("alt-too-long", Severity.WARNING, {"number": number, "limit": rules.alt_limit}, (Fix.EDIT,))
        for number in long
    ]
    return problems


def _blocking(code: str, **params: str | int) -> Problem:
    return Problem(code, Severity.BLOCKING, params, (Fix.EDIT,))
