"""Is what the owner sees exactly what Telegram gets, and is everything Telegram refuses found beforehand?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import format_text
from core.platforms.base import Fix, MediaItem, MediaKind, Part, Post, Rendering, Severity
from core.platforms.telegram.entities import is_address, shape, tidy
from core.platforms.telegram.mapping import render
from core.text.markdown import parse

HASH = "a" * 64
PHOTO = MediaItem(MediaKind.IMAGE, f"media://{HASH}.png")
VIDEO = MediaItem(MediaKind.VIDEO, f"media://{HASH}.mp4")
PAPER = MediaItem(MediaKind.DOCUMENT, f"media://{HASH}.pdf")
SONG = MediaItem(MediaKind.AUDIO, f"media://{HASH}.mp3")
LOOP = MediaItem(MediaKind.ANIMATION, f"media://{HASH}.mp4")
WEB_PHOTO = MediaItem(MediaKind.IMAGE, "https://e.org/p.jpg")
BUTTONS = [[{"text": "Open", "url": "https://e.org"}]]


def rendered(text: str, *media: MediaItem, thread: tuple[str, ...] = (), **options: Any) -> Rendering:
    return render(Post(text, tuple(media), thread, options), {})


def codes(rendering: Rendering) -> list[str]:
    return [problem.code for problem in rendering.problems]


def shown(part: Part) -> tuple[str, list[Any]]:
    """Text and entities as they stand in the request."""
    payload = part.payload["media"][0] if "media" in part.payload else part.payload
    if part.media:
        return payload.get("caption", ""), payload.get("caption_entities", [])
    return payload["text"], payload.get("entities", [])


def test_text_becomes_entities_without_parse_mode() -> None:
    (part,) = rendered("  **Ура** 😀 [ссылка](https://e.org)\n> цитата\n```py\nx = 1\n```  ").parts
    assert part.method == "sendMessage"
    assert part.payload == {
        "text": "Ура 😀 ссылка\nцитата\nx = 1",
        "entities": [
            {"type": "bold", "offset": 0, "length": 3},
            {"type": "text_link", "offset": 7, "length": 6, "url": "https://e.org"},
            {"type": "blockquote", "offset": 14, "length": 6},
            {"type": "pre", "offset": 21, "length": 5, "language": "py"},
        ],
    }
    assert (part.count, part.limit) == (26, 4096)


@pytest.mark.parametrize(
    ("media", "method"),
    [
        ([PHOTO], "sendPhoto"),
        ([WEB_PHOTO], "sendPhoto"),
        ([VIDEO], "sendVideo"),
        ([LOOP], "sendAnimation"),
        ([PAPER], "sendDocument"),
        ([SONG], "sendAudio"),
        ([PHOTO, VIDEO, WEB_PHOTO], "sendMediaGroup"),
        ([PAPER, PAPER], "sendMediaGroup"),
        ([SONG, SONG], "sendMediaGroup"),
    ],
)
def test_media_take_the_text_as_caption(media: list[MediaItem], method: str) -> None:
    rendering = rendered("*hi*", *media)
    (part,) = rendering.parts
    assert not rendering.problems
    assert (part.method, part.media, part.limit) == (method, tuple(media), 1024)
    assert shown(part) == ("hi", [{"type": "italic", "offset": 0, "length": 2}])
    if method == "sendMediaGroup":
        assert [item["type"] for item in part.payload["media"]] == [
            {"image": "photo"}.get(item.kind, str(item.kind)) for item in media
        ]
        assert all("caption" not in item for item in part.payload["media"][1:])


EDIT_ONLY = (Fix.EDIT,)


@pytest.mark.parametrize(
    ("rendering", "expected"),
    [
        (rendered(""), [("empty", EDIT_ONLY)]),
        (rendered(" \u200b\n"), [("empty", EDIT_ONLY)]),
        (rendered("**  **\u2060"), []),
        (rendered("x" * 4096), []),
        (rendered("x" * 4097), [("too-long", (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT))]),
        (rendered("😀" * 2049), [("too-long", (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT))]),
        (rendered("**" + "x" * 4096 + "**"), []),
        (rendered("x" * 1024, PHOTO), []),
        (rendered("x" * 1025, PHOTO), [("caption-too-long", (Fix.TEXT_BELOW, Fix.SHORTEN, Fix.EDIT))]),
        (rendered("x" * 1025, PHOTO, text_below=True), []),
        (rendered("x" * 4097, PHOTO, text_below=True), [("too-long", (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT))]),
        (rendered("x" * 4097, PHOTO, text_below=True, split=True), []),
        (rendered("", *[PHOTO] * 10), []),
        (rendered("", *[PHOTO] * 11), [("too-many-files", EDIT_ONLY)]),
        (rendered("", PHOTO, PAPER), [("mixed-album", EDIT_ONLY)]),
        (rendered("", PHOTO, LOOP), [("mixed-album", EDIT_ONLY)]),
        (rendered("", SONG, PAPER), [("mixed-album", EDIT_ONLY)]),
        (rendered("", MediaItem(MediaKind.IMAGE, "file:///etc/passwd")), [("media-address", EDIT_ONLY)]),
        (rendered("", MediaItem(MediaKind.IMAGE, PHOTO.url, size=11_000_000)), [("file-too-large", EDIT_ONLY)]),
        (rendered("", MediaItem(MediaKind.VIDEO, VIDEO.url, size=11_000_000)), []),
        (rendered("x", PHOTO, PHOTO, buttons=BUTTONS), [("telegram-buttons-album", (Fix.TEXT_BELOW, Fix.EDIT))]),
        (rendered("", PHOTO, PHOTO, buttons=BUTTONS), [("telegram-buttons-album", EDIT_ONLY)]),
        (rendered("x", PHOTO, PHOTO, buttons=BUTTONS, text_below=True), []),
        (rendered("x", buttons=[[{"text": "Open"}]]), [("telegram-option", EDIT_ONLY)]),
        (rendered("x", buttons=[[{"text": "a", "url": "javascript:x"}]]), [("telegram-option", EDIT_ONLY)]),
        (rendered("", thread=("a", " ")), [("empty-part", EDIT_ONLY)]),
    ],
)  # fmt: skip
def test_what_telegram_would_refuse(
    rendering: Rendering, expected: list[tuple[str, tuple[Fix, ...]]]
) -> None:
    assert [(problem.code, problem.fixes) for problem in rendering.problems] == expected
    assert rendering.blocked == bool(expected)


@pytest.mark.parametrize(
    ("rendering", "code"),
    [
        (rendered("[a](mailto:x@y.z)"), "bad-link"),
        (rendered("[a](http://)"), "bad-link"),
        (rendered(" ".join(["**b**"] * 101)), "telegram-too-many-entities"),
        (rendered("x", silent="yes"), "telegram-option"),
        (rendered("x", link_preview=["off"]), "telegram-option"),
        (rendered("x", message_thread_id=True), "telegram-option"),
    ],
)
def test_what_only_deserves_a_warning(rendering: Rendering, code: str) -> None:
    assert codes(rendering) == [code]
    assert rendering.problems[0].severity is Severity.WARNING


def test_options_reach_the_request() -> None:
    options: dict[str, Any] = {
        "silent": True, "protect": True, "link_preview": "above", "message_thread_id": 7, "buttons": BUTTONS,
    }  # fmt: skip
    (part,) = rendered("x", **options).parts
    assert part.payload == {
        "text": "x", "disable_notification": True, "protect_content": True, "message_thread_id": 7,
        "link_preview_options": {"show_above_text": True},
        "reply_markup": {"inline_keyboard": BUTTONS},
    }  # fmt: skip
    (part,) = rendered("x", PHOTO, spoiler=True, caption_above=True).parts
    assert part.payload == {"caption": "x", "show_caption_above_media": True, "has_spoiler": True}
    (part,) = rendered("x", link_preview=False).parts
    assert part.payload["link_preview_options"] == {"is_disabled": True}
    (part,) = rendered("**x**", formatting="none").parts
    assert part.payload == {"text": "**x**"}


def test_settings_of_the_channel_are_the_default() -> None:
    settings = {"silent": True, "api_base": "http://127.0.0.1:1"}
    assert render(Post("x"), settings).parts[0].payload["disable_notification"] is True
    assert (
        "disable_notification" not in render(Post("x", options={"silent": False}), settings).parts[0].payload
    )


def test_text_below_follows_the_media_and_stands_by_itself() -> None:
    first, second = rendered("text", PHOTO, PHOTO, text_below=True, buttons=BUTTONS).parts
    assert (first.method, shown(first)) == ("sendMediaGroup", ("", []))
    assert second.payload == {
        "text": "text", "disable_notification": True, "reply_markup": {"inline_keyboard": BUTTONS},
    }  # fmt: skip


def test_threads_answer_their_first_message_and_ring_once() -> None:
    first, second, third = rendered("", PHOTO, thread=("one", "two", "three")).parts
    assert (first.method, first.text) == ("sendPhoto", "one")
    assert [part.text for part in (second, third)] == ["two", "three"]
    for part in (second, third):
        assert part.payload["reply_parameters"] == {"allow_sending_without_reply": True}
        assert part.payload["disable_notification"] is True
    assert "reply_parameters" not in first.payload


def test_split_makes_parts_that_fit() -> None:
    text = "\n\n".join("слово " * 100 for _ in range(20))
    rendering = rendered(text, split=True)
    assert not rendering.problems
    assert len(rendering.parts) == 4
    assert all(part.count <= part.limit for part in rendering.parts)
    assert "".join("".join(part.text for part in rendering.parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("markdown", "entities"),
    [
        ("**a `b` c**", [("bold", 0, 1), ("code", 2, 1), ("bold", 4, 1)]),
        ("[`f`](https://e.org)", [("text_link", 0, 1)]),
        ("||`f`||", [("spoiler", 0, 1)]),
        ("**a [b** c](https://e.org)", [("bold", 0, 1), ("text_link", 2, 3), ("bold", 2, 1)]),
        ("**a *b** c*", [("bold", 0, 3), ("italic", 2, 1), ("italic", 4, 1)]),
        ("> **a**", [("blockquote", 0, 1), ("bold", 0, 1)]),
    ],
)
def test_entities_nest(markdown: str, entities: list[tuple[str, int, int]]) -> None:
    found = shape(tidy(parse(markdown))).entities
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


@pytest.mark.parametrize(
    ("address", "ok"),
    [
        ("https://e.org", True), ("http://e.org:80/a?b#c", True), ("e.org/x", True), ("tg://resolve?domain=x", True),
        ("https://пример.рф/путь", True), ("https://u:p@e.org/", True), ("", False), ("https://", False), ("mailto:a@b.c", False),
        ("javascript:alert(1)", False), ("/path", False), ("nodot", False), ("https://e org/", False), ("ftp://e.org", False),
    ],
)  # fmt: skip
def test_addresses(address: str, ok: bool) -> None:
    assert is_address(address) is ok


marked = st.text(st.sampled_from("ab *_`~|[](\n>😀я.\r\t\u2028\x00"), max_size=200)
kinds = st.lists(st.sampled_from([PHOTO, VIDEO, PAPER, LOOP, WEB_PHOTO]), max_size=3)


@given(marked, kinds, st.booleans(), st.booleans())
def test_the_preview_is_the_request(text: str, media: list[MediaItem], below: bool, split: bool) -> None:
    rendering = rendered(text, *media, text_below=below, split=split)
    for part in rendering.parts:
        sent_text, sent_entities = shown(part)
        assert sent_text == part.text
        assert tuple(sent_entities) == part.entities
        assert part.count == len(part.text.encode("utf-16-le", "surrogatepass")) // 2
        _assert_nested(part.entities)
        # Telegram itself changes nothing any more: what arrives is what was previewed.
        arrived, found = format_text(part.text, None, list(part.entities))
        assert arrived == part.text
        marked_up = [one for one in found if one["type"] in {e["type"] for e in part.entities}]
        assert [(e["type"], e["offset"], e["length"]) for e in marked_up if e["type"] != "url"] == [
            (e["type"], e["offset"], e["length"]) for e in part.entities
        ]
    if not media and not rendering.parts:
        assert "empty" in codes(rendering)


def _assert_nested(entities: tuple[Any, ...]) -> None:
    spans = [(one["offset"], one["offset"] + one["length"]) for one in entities]
    for a_start, a_end in spans:
        for b_start, b_end in spans:
            assert a_end <= b_start or b_end <= a_start or (a_start <= b_start and b_end <= a_end) or (
                b_start <= a_start and a_end <= b_end
            )  # fmt: skip
    code = [one for one in entities if one["type"] in {"code", "pre"}]
    for one in code:
        inside = [
            other for other in entities
            if other is not one and other["offset"] < one["offset"] + one["length"]
            and one["offset"] < other["offset"] + other["length"]
        ]  # fmt: skip
        assert {other["type"] for other in inside} <= {"blockquote"}
