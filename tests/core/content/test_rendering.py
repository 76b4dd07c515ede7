"""Is the preview what is sent, on every platform, and do the one-tap repairs mend what they are offered for?"""

import itertools
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content import forms
from core.content.rendering import hashtags_to_keep, post_of, render
from core.platforms.base import Fix, MediaKind, Part, Rendering
from core.platforms.registry import PLATFORMS

PICTURE = {"type": str(MediaKind.IMAGE), "url": f"media://{'a' * 64}.png", "alt": "A picture"}
INSTANCE = {
    "instance": {"max_characters": 200, "max_media_attachments": 4, "characters_reserved_per_url": 23}
}


@dataclass
class State:
    """A draft, as far as its rendering goes."""

    original_text: str
    adapted: dict[str, Any] = field(default_factory=dict)
    media: list[Any] = field(default_factory=list)


def repaired(state: State, slug: str, fix: Fix, found: Rendering) -> State:
    problems = [problem for problem in found.problems if fix in problem.fixes]
    option: dict[str, Any] = {str(fix): True}
    if fix is Fix.DROP_HASHTAGS:
        option = {forms.HASHTAGS: min(map(hashtags_to_keep, problems))}
    return State(state.original_text, {slug: option}, state.media)


TAGS = " ".join(f"#тег{number}" for number in range(40))
CASES: list[tuple[str, Fix, State, dict[str, Any]]] = [
    ("twitter", Fix.SPLIT, State("Слово и ещё одно. " * 30), {}),
    ("bluesky", Fix.SPLIT, State("Слово и ещё одно. " * 30), {}),
    ("threads", Fix.SPLIT, State("Слово и ещё одно. " * 40), {}),
    ("mastodon", Fix.SPLIT, State("Слово и ещё одно. " * 20), INSTANCE),
    ("discord", Fix.SPLIT, State("Слово и ещё одно. " * 200), {}),
    ("telegram", Fix.SPLIT, State("Слово и ещё одно. " * 400), {}),
    ("telegram", Fix.TEXT_BELOW, State("Слово и ещё одно. " * 80, media=[PICTURE]), {}),
    ("instagram", Fix.DROP_HASHTAGS, State(f"Новый улун.\n\n{TAGS}", media=[PICTURE]), {}),
    ("twitter", Fix.DROP_HASHTAGS, State(f"Новый улун.\n\n{TAGS}"), {}),
    ("bluesky", Fix.DROP_HASHTAGS, State(f"Новый улун, первый сбор этой весны.\n\n{TAGS}"), {}),
    ("mastodon", Fix.DROP_HASHTAGS, State(f"Новый улун.\n\n{TAGS}"), INSTANCE),
    ("linkedin", Fix.DROP_HASHTAGS, State("Слово. " * 400 + "\n" + TAGS), {}),
    ("telegram", Fix.DROP_HASHTAGS, State("Слово. " * 130 + "\n" + TAGS, media=[PICTURE]), {}),
]


@pytest.mark.parametrize(
    ("slug", "fix", "state", "channel"), CASES, ids=[f"{slug}-{fix}" for slug, fix, _, _ in CASES]
)
def test_a_repair_that_is_offered_mends(slug: str, fix: Fix, state: State, channel: dict[str, Any]) -> None:
    found = render(state, PLATFORMS[slug], channel)
    assert found.blocked
    assert any(fix in problem.fixes for problem in found.problems)
    mended = render(repaired(state, slug, fix, found), PLATFORMS[slug], channel)
    assert not mended.blocked
    assert all(part.count <= part.limit for part in mended.parts)
    if fix is Fix.DROP_HASHTAGS:
        assert "тег39" not in mended.parts[-1].text
        assert ("#тег29" in mended.parts[0].text) == (slug == "instagram")


@pytest.mark.parametrize("slug", ["linkedin", "facebook", "vk", "instagram"])
def test_where_there_are_no_threads_none_is_offered(slug: str) -> None:
    found = render(State("Слово и ещё одно. " * 4000, media=[PICTURE]), PLATFORMS[slug], {})
    offered = set(itertools.chain.from_iterable(problem.fixes for problem in found.problems))
    assert Fix.SHORTEN in offered
    assert not offered & {Fix.SPLIT, Fix.TEXT_BELOW, Fix.DROP_HASHTAGS}


def test_hashtags_are_not_offered_where_dropping_them_does_not_help() -> None:
    found = render(State("Слово и ещё одно. " * 30 + "#тег"), PLATFORMS["twitter"], {})
    assert not any(Fix.DROP_HASHTAGS in problem.fixes for problem in found.problems)


PIECES = st.sampled_from(
    [
        "**жирно** ",
        "[link](https://e.org/a_b) ",
        "слово ",
        "#тег ",
        "@friend ",
        "\n\n",
        "😀",
        "👩‍👩‍👧",
        "`код` ",
        "x" * 90 + " ",
    ]
)
OPTIONS = st.fixed_dictionaries(
    {}, optional={"split": st.booleans(), "text_below": st.booleans(), "hashtags": st.integers(0, 3)}
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), OPTIONS, st.booleans(), st.booleans())
def test_what_the_preview_shows_is_what_is_sent(
    text: str, options: dict[str, Any], own: bool, media: bool
) -> None:
    """The card and the publisher render the same state; what a part shows is what its payload carries."""
    for slug, platform in PLATFORMS.items():
        adapted = {slug: options | ({"text": text + "!"} if own else {})}
        state = State(text, adapted, [PICTURE] if media else [])
        shown = render(state, platform, {})
        sent = platform.render(post_of(state, slug), {})
        assert shown.parts == sent.parts
        assert [part.hash for part in shown.parts] == [part.hash for part in sent.parts]
        for part in shown.parts:
            assert carried(slug, part) == part.text
            if "тег" in part.text and options.get("hashtags") == 0:
                assert "#тег" not in part.text


# Where a platform's request holds the words that its readers see.
_FIELD = {
    "twitter": "text", "threads": "text", "mastodon": "status", "vk": "message", "facebook": "message",
    "instagram": "caption", "linkedin": "commentary", "bluesky": "text", "webhook": "text",
}  # fmt: skip


def carried(slug: str, part: Part) -> str:
    """Return the words in the request, freed of what the platform takes away again."""
    if slug == "telegram":
        return str(part.payload.get("text", part.payload.get("caption", "")))
    if slug == "discord":
        return part.text  # written as Markdown; the contract over HTTP reads it back
    return (
        str(part.payload[_FIELD[slug]]).replace("\\", "")
        if slug == "linkedin"
        else str(part.payload[_FIELD[slug]])
    )
