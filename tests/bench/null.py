"""Where do posts go whose publishing shall cost nothing? A platform that says yes at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from core.platforms.base import Account, Part, Platform, Post, Rendering, Sent, Target

SLUG = "null"


class Nothing(BaseModel):
    """No credentials."""


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Show the text as it is."""
    part = Part("POST /null", {"text": post.text}, post.text, len(post.text), 1000)
    return Rendering(SLUG, (part,))


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Take the post without any work."""
    return Sent((key[:16],))


async def check(target: Target) -> Account:
    """Find everything in order."""
    return Account("null")


PLATFORM = Platform(
    slug=SLUG, title="Null", credentials=Nothing, default_api_base="http://127.0.0.1:1",
    render=render, publish=publish, check=check, idempotent=True,
)  # fmt: skip
