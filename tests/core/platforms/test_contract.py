"""Does every registered platform keep the promises of `core.platforms.base`?"""

import gc
import inspect
import json
import time
from pathlib import Path

import pytest
from pydantic import BaseModel

import core.platforms
from core.errors import Unsupported
from core.platforms.base import MediaItem, MediaKind, Platform, Post, Rendering
from core.platforms.registry import PLATFORMS, get_platform

TEXTS = {
    "empty": "",
    "blank": " \n\t\u200b",
    "emoji": "👩‍👩‍👧‍👦🇷🇺❤️",
    "html": "<b>bold</b> & <script>alert('x')</script> &amp; </div>",
    "long": "Слово и ещё одно. " * 2778,
    "one long word": "x" * 50_000,
    "many emoji": "😀" * 25_000,
    "marks": "*" * 50_000,
    "brackets": "[" * 50_000,
    "right to left": "שלום **עולם** مرحبا \u202eevil\u202c",
    "cjk": "你好，**世界**。こんにちは ~~世界~~",
    "controls": "a\x00b\x07c\r\nd\u2028e\ufefff",
    "lone surrogate": "a\ud800b",
    "markdown": "**b** *i* __u__ ~~s~~ ||h|| `c` [l](https://e.org)\n> q\n```py\nx\n```",
}
PICTURE = MediaItem(MediaKind.IMAGE, f"media://{'a' * 64}.png", alt="A picture")
MEDIA: list[tuple[MediaItem, ...]] = [
    (),
    (PICTURE,),
    (PICTURE,) * 12,
    (MediaItem(MediaKind.DOCUMENT, "nonsense:"), PICTURE),
]
OPTIONS = [{}, {"buttons": "x", "silent": 5, "unknown": {}, "text_below": True, "split": True}]

platforms = pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.slug)


def check_rendering(platform: Platform, rendering: Rendering) -> None:
    assert rendering.platform == platform.slug
    for part in rendering.parts:
        assert part.method
        assert part.limit > 0
        assert part.count >= 0
        assert len(part.hash) == 64
        json.dumps(part.payload)
    for problem in rendering.problems:
        assert problem.code.replace("-", "").isalnum()
        assert all(isinstance(value, str | int) for value in problem.params.values())
    assert rendering.parts or rendering.blocked
    assert rendering.blocked or all(part.count <= part.limit for part in rendering.parts)


@platforms
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_rendered(platform: Platform, name: str) -> None:
    # What the files and threads change does not depend on how long a text is.
    long = len(TEXTS[name]) > 10_000
    for media in MEDIA[:2] if long else MEDIA:
        for options in OPTIONS:
            for thread in ((),) if long else ((), (TEXTS[name], "second", "")):
                post = Post(TEXTS[name], media, thread, options)
                check_rendering(platform, platform.render(post, {}))


@platforms
def test_rendering_is_the_same_every_time(platform: Platform) -> None:
    post = Post(TEXTS["markdown"], (PICTURE,))
    first, second = platform.render(post, {}), platform.render(post, {})
    assert first == second
    assert [part.hash for part in first.parts] == [part.hash for part in second.parts]


@platforms
def test_nothing_to_say_is_blocked(platform: Platform) -> None:
    for name in ("empty", "blank"):
        assert platform.render(Post(TEXTS[name]), {}).blocked


@platforms
def test_abilities_are_what_they_say(platform: Platform) -> None:
    assert get_platform(platform.slug) is platform
    assert platform.slug.isidentifier()
    assert platform.title
    assert platform.default_api_base.startswith("https://")
    assert not platform.default_api_base.endswith("/")
    assert issubclass(platform.credentials, BaseModel)
    assert not inspect.iscoroutinefunction(platform.render)
    for name, parameters in {
        "publish": ["target", "part", "key", "earlier"],
        "check": ["target"],
        "edit": ["target", "sent", "part"],
        "delete": ["target", "sent"],
        "look_up": ["target", "part", "key", "since"],
        "metrics": ["target", "sent"],
        "followers": ["target"],
        "refresh": ["target"],
    }.items():
        ability = getattr(platform, name)
        if ability is None:
            assert name not in {"publish", "check"}
            continue
        assert inspect.iscoroutinefunction(ability)
        assert list(inspect.signature(ability).parameters) == parameters


def test_every_platform_folder_is_registered() -> None:
    folders = {path.parent.name for path in Path(core.platforms.__file__).parent.glob("*/__init__.py")}
    assert folders == set(PLATFORMS)


@platforms
@pytest.mark.parametrize(
    "piece", ["**a *b** c* ", "[**a](https://e.org) b** `c`", "> q\n\n", "||a __b|| c__ ", "a. "]
)
def test_rendering_takes_linear_time(platform: Platform, piece: str) -> None:
    def seconds(size: int) -> float:
        post = Post(piece * (size // len(piece)), options={"split": True})
        gc.disable()  # what it costs depends on everything else that lives in the test process
        try:
            begin = time.process_time()
            platform.render(post, {})
            return time.process_time() - begin
        finally:
            gc.enable()

    # Eight times the text, both long enough to be split: linear work gives about 8, quadratic 64.
    allowed = 24 * min(seconds(12_500) for _ in range(3)) + 0.02
    assert any(seconds(100_000) < allowed for _ in range(3))


def test_an_unknown_platform_is_said_to_be_unknown() -> None:
    with pytest.raises(Unsupported):
        get_platform("myspace")
