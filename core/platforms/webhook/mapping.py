"""What does a receiver get of a post? Its text as Markdown and plain, and where its files are. Pure."""

from collections.abc import Mapping
from typing import Any

from core.platforms.base import Part, Post, Problem, Rendering
from core.platforms.text_parts import cleaned, empty
from core.text.count import is_visible
from core.text.markdown import parse, to_markdown
from core.text.plain import to_plain
from core.text.rich import RichText

SLUG = "webhook"
LIMIT = 100_000  # characters; a receiver has to take it in


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as one message, the parts of a thread in it. Never raises for content."""
    problems: list[Problem] = []
    texts = [parse(cleaned(given)) for given in post.thread or (post.text,)]
    texts = [rich for rich in texts if is_visible(rich.text)]
    if not texts and not post.media:
        problems.append(empty())
        return Rendering(SLUG, (), tuple(problems))
    joined = "\n\n".join(to_plain(rich) for rich in texts)
    shown = joined if len(joined) <= LIMIT else joined[: LIMIT - 1] + "…"
    payload = {"text": shown, "markdown": [_markdown(rich) for rich in texts]}
    return Rendering(
        SLUG, (Part("post.published", payload, shown, len(shown), LIMIT, media=post.media),), tuple(problems)
    )


def _markdown(rich: RichText) -> str:
    return to_markdown(rich)[:LIMIT]
