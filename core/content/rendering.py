"""How will this content look on a platform? One function, for the preview and for the publisher."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core.content import forms
from core.platforms.base import MediaItem, MediaKind, Platform, Post, Rendering


class ContentState(Protocol):
    """What a content and a saved version of it have in common."""

    @property
    def original_text(self) -> str: ...
    @property
    def adapted(self) -> dict[str, Any]: ...
    @property
    def media(self) -> list[Any]: ...


def media_of(state: ContentState) -> tuple[MediaItem, ...]:
    """Return the attached files in order."""
    return tuple(read_media(state.media))


def read_media(stored: Sequence[Any]) -> list[MediaItem]:
    """Read what ``stored_media`` has written. An entry of an unknown type is treated as a document."""
    return [
        MediaItem(
            kind=MediaKind(item["type"]) if item.get("type") in set(MediaKind) else MediaKind.DOCUMENT,
            url=str(item.get("url", "")),
            alt=str(item.get("alt") or ""),
            file_name=str(item.get("file_name") or ""),
            size=item.get("size"),
        )
        for item in stored
        if isinstance(item, Mapping)
    ]


def stored_media(items: tuple[MediaItem, ...] | list[MediaItem]) -> list[dict[str, Any]]:
    """Return the JSON for the `media` column, the data model's three fields first."""
    return [
        {"type": str(item.kind), "url": item.url, "alt": item.alt}
        | ({"file_name": item.file_name} if item.file_name else {})
        | ({"size": item.size} if item.size is not None else {})
        for item in items
    ]


def post_of(state: ContentState, platform: str) -> Post:
    """Return what ``state`` says on ``platform``: its own adapted text there, or else the original."""
    own = state.adapted.get(platform)
    adapted: Mapping[str, Any] = own if isinstance(own, Mapping) else {}
    thread = adapted.get("thread")
    return Post(
        text=str(adapted["text"]) if isinstance(adapted.get("text"), str) else state.original_text,
        media=media_of(state),
        thread=tuple(str(part) for part in thread) if isinstance(thread, list) else (),
        options={key: value for key, value in adapted.items() if key not in forms.OURS},
    )


def render(state: ContentState, platform: Platform, channel_settings: Mapping[str, Any]) -> Rendering:
    """Render ``state`` for a channel. What the card shows and what is sent both come from here."""
    return platform.render(post_of(state, platform.slug), channel_settings)
