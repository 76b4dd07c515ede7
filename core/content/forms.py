"""What is a content's own form on a platform? Its own text there, or none of it: pure functions over `content.adapted`.

`adapted[platform]` holds the platform's own `text` (and `thread`), options of its rendering such as `silent`, `hashtags`
where only so many of them are to stay, and `off: true` where the post is not to go out.
"""

from collections.abc import Collection, Mapping
from typing import Any

OFF = "off"
WORDS = frozenset({"text", "thread"})
HASHTAGS = "hashtags"  # how many of them stay, where a platform takes fewer than there are
_REPAIRS = frozenset({"split", "text_below", HASHTAGS})  # chosen because of how long the words were
OURS = WORDS | {OFF, HASHTAGS}  # what is not an option of the platform's rendering

Adapted = Mapping[str, Any]


def of(adapted: Adapted, platform: str) -> dict[str, Any]:
    """Return the platform's form; empty when it has none."""
    own = adapted.get(platform)
    return dict(own) if isinstance(own, Mapping) else {}


def switched_off(adapted: Adapted) -> frozenset[str]:
    """Return the platforms on which the post is not to go out."""
    return frozenset(platform for platform in adapted if of(adapted, platform).get(OFF) is True)


def with_off(adapted: Adapted, platforms: Collection[str]) -> dict[str, Any]:
    """Return ``adapted`` with exactly ``platforms`` switched off."""
    changed: dict[str, Any] = {}
    for platform in dict.fromkeys([*adapted, *sorted(platforms)]):
        own = {key: value for key, value in of(adapted, platform).items() if key != OFF}
        if platform in platforms:
            own[OFF] = True
        if own:
            changed[platform] = own
    return changed


def has_own_text(adapted: Adapted, platform: str, common: str) -> bool:
    """Tell whether the platform says something else than the ``common`` text."""
    own = of(adapted, platform)
    return bool(own.get("thread")) or (isinstance(own.get("text"), str) and own["text"] != common)


def with_text(adapted: Adapted, platform: str, text: str) -> dict[str, Any]:
    """Return ``adapted`` with a text of the platform's own; a thread there was gives way to it."""
    kept = {key: value for key, value in of(adapted, platform).items() if key not in WORDS}
    return {**adapted, platform: kept | {"text": text}}


def without_text(adapted: Adapted, platform: str) -> dict[str, Any]:
    """Return ``adapted`` with the platform back on the common text; its options stay."""
    kept = {key: value for key, value in of(adapted, platform).items() if key not in WORDS}
    rest = {key: value for key, value in adapted.items() if key != platform}
    return rest | ({platform: kept} if kept else {})


def for_new_words(adapted: Adapted) -> dict[str, Any]:
    """Return ``adapted`` for a new common text: words and repairs of the old ones go, other choices stay."""
    gone = WORDS | _REPAIRS
    kept = {
        platform: {key: value for key, value in of(adapted, platform).items() if key not in gone}
        for platform in adapted
    }
    return {platform: own for platform, own in kept.items() if own}
