"""Do a draft's texts come back into the places they were taken from, with everything else as it was?"""

from typing import Any

import pytest

from core.ai.texts import Texts

PARTS = ["1/2 Hook", "2/2 End"]


@pytest.mark.parametrize(
    ("original", "adapted", "fields"),
    [
        ("All", {}, {"text": "All"}),
        ("All", {"x": {"text": "Own"}, "vk": {"split": True}}, {"text": "All", "for_x": "Own"}),
        ("All", {"x": {"text": "All"}}, {"text": "All"}),
        (
            "1/2 Hook\n\n2/2 End",
            {"telegram": {"text": "1/2 Hook\n\n2/2 End", "thread": PARTS, "off": True}},
            {"text": ["Hook", "End"], "for_telegram": ["Hook", "End"]},
        ),
        (
            "All",
            {"telegram": {"thread": PARTS}, "x": "nonsense"},
            {"text": "All", "for_telegram": ["Hook", "End"]},
        ),
        ("", {}, {"text": ""}),
    ],
)
def test_every_text_has_its_field(original: str, adapted: dict[str, Any], fields: dict[str, Any]) -> None:
    texts = Texts.of(original, adapted)
    assert texts.fields == fields
    if not original:
        return
    shapes = texts.answer_model(None)
    answered = texts.answered(shapes.model_validate(fields))
    adapted = {name: form for name, form in adapted.items() if isinstance(form, dict)}
    stored, back = answered.stored(adapted)
    assert stored == original
    for platform, form in back.items():
        assert form.get("thread") == adapted[platform].get("thread")
        assert {k: v for k, v in form.items() if k not in {"text", "thread"}} == {
            k: v for k, v in adapted[platform].items() if k not in {"text", "thread"}
        }


def test_the_shown_platform_is_asked_for_first() -> None:
    texts = Texts.of("All", {"x": {"text": "Own"}, "vk": {"text": "Other"}})
    assert next(iter(texts.answer_model("vk").model_fields)) == "for_vk"
    assert texts.shown_fields("vk") == ("for_vk", "text")
    assert texts.shown_fields("telegram") == ("text",)


def test_a_stopped_text_goes_where_it_was_seen() -> None:
    texts = Texts.of("All", {"x": {"text": "Own"}, "vk": {"thread": PARTS}})
    seen = texts.with_shown("Half", "x")
    assert seen is not None
    assert seen.fields["for_x"] == "Half"
    common = texts.with_shown("Half", "telegram")
    assert common is not None
    assert common.fields["text"] == "Half"
    assert texts.with_shown("Half", "vk") is None  # half a thread is none


def test_an_answer_with_one_field_more_or_less_is_no_answer() -> None:
    shapes = Texts.of("All", {"x": {"text": "Own"}}).answer_model(None)
    for wrong in ({"text": "a"}, {"text": "a", "for_x": "b", "more": "c"}, {"text": " ", "for_x": "b"}):
        with pytest.raises(ValueError, match="validation error"):
            shapes.model_validate(wrong)
