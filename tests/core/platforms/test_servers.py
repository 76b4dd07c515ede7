"""Servers that the owner names: read the same on every way, and never called in the clear when they are elsewhere."""

import pytest

from core.errors import InvalidInput
from core.platforms.connecting import Step
from core.platforms.registry import PLATFORMS

STEPS = [
    (platform.slug, way.code, step)
    for platform in PLATFORMS.values()
    for way in platform.ways
    for step in way.steps
    if step.setting and step.field == "api_base"
]


def test_mastodon_asks_for_its_server_on_both_ways() -> None:
    assert {("mastodon", "consent"), ("mastodon", "token")} <= {(slug, code) for slug, code, _ in STEPS}


@pytest.mark.parametrize(("slug", "code", "step"), STEPS)
def test_a_server_elsewhere_is_called_by_https(slug: str, code: str, step: Step) -> None:
    for typed in ("http://social.example/@me", "social.example", "https://social.example/"):
        assert step.read(typed) == "https://social.example"
    with pytest.raises(InvalidInput):
        step.read("no server at all")
