"""Are the lengths that writing aims at those that the platforms' own renderings allow?"""

import pytest

from core.ai.norms import MODEST, NORMS, norm_of
from core.platforms.base import MediaItem, MediaKind, Post
from core.platforms.registry import PLATFORMS

_PICTURE = MediaItem(MediaKind.IMAGE, "media://" + "a" * 64 + ".jpg", size=10)


@pytest.mark.parametrize("slug", sorted(NORMS))
@pytest.mark.parametrize("has_media", [False, True])
def test_the_limit_is_the_platforms_own(slug: str, has_media: bool) -> None:
    post = Post(text="A post.", media=(_PICTURE,) if has_media else ())
    parts = [part for part in PLATFORMS[slug].render(post, {}).parts if part.text]
    if slug == "instagram" and not has_media:  # nothing is posted there without a picture
        assert parts == []
        return
    assert parts[0].limit == norm_of(slug).limit_of(has_media=has_media)
    assert parts[0].count == norm_of(slug).measure("A post.")
    assert norm_of(slug).advised_of(has_media=has_media) < norm_of(slug).limit_of(has_media=has_media)


def test_every_platform_for_people_has_a_norm() -> None:
    assert set(PLATFORMS) - {"webhook"} == set(NORMS)


def test_names() -> None:
    assert norm_of("x") is NORMS["twitter"]
    assert norm_of("unheard of") is MODEST
