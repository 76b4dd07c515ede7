"""How will this content look on a platform? One function, for the preview and for the publisher."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from core.content import forms
from core.platforms.base import Fix, MediaItem, MediaKind, Platform, Post, Problem, Rendering
from core.text import hashtags

# Problems that fewer hashtags may solve, and how many may stay then.
_HELPED: Mapping[str, int | str] = {"too-long": 0, "caption-too-long": 0, "too-many-hashtags": "limit"}


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
    post = Post(
        text=str(adapted["text"]) if isinstance(adapted.get("text"), str) else state.original_text,
        media=media_of(state),
        thread=tuple(str(part) for part in thread) if isinstance(thread, list) else (),
        options={key: value for key, value in adapted.items() if key not in forms.OURS},
    )
    most = adapted.get(forms.HASHTAGS)
    return _with_hashtags(post, most) if isinstance(most, int) and not isinstance(most, bool) else post


def render(state: ContentState, platform: Platform, channel_settings: Mapping[str, Any]) -> Rendering:
    """Render ``state`` for a channel. What the card shows and what is sent both come from here."""
    post = post_of(state, platform.slug)
    rendered = platform.render(post, channel_settings)
    if not any(problem.code in _HELPED for problem in rendered.problems):
        return rendered
    problems = [
        replace(problem, fixes=(Fix.DROP_HASHTAGS, *problem.fixes))
        if _helps(problem, post, platform, channel_settings)
        else problem
        for problem in rendered.problems
    ]
    return replace(rendered, problems=tuple(problems))


def hashtags_to_keep(problem: Problem) -> int:
    """Return how many hashtags may stay for ``problem`` to be gone."""
    most = _HELPED[problem.code]
    return int(problem.params[most]) if isinstance(most, str) else most


def _helps(problem: Problem, post: Post, platform: Platform, settings: Mapping[str, Any]) -> bool:
    """Tell whether the problem is gone with fewer hashtags; when it is not, that is no repair to offer."""
    if problem.code not in _HELPED:
        return False
    fewer = _with_hashtags(post, hashtags_to_keep(problem))
    if fewer == post:
        return False
    return all(left.code != problem.code for left in platform.render(fewer, settings).problems)


def _with_hashtags(post: Post, most: int) -> Post:
    """Return the post with its first ``most`` hashtags; those of a thread are counted through it."""
    thread: list[str] = []
    left = most
    for part in post.thread:
        thread.append(hashtags.keep(part, left))
        left = max(0, left - hashtags.count(part))
    return replace(post, text=hashtags.keep(post.text, most), thread=tuple(thread))
