"""Is a text readable while it comes, whatever the JSON around it looks like in the middle?"""

import json

import pytest

from core.ai.growing import Growing, usable


def _heard(raw: str, fields: tuple[str, ...] = ("text",), step: int = 1) -> list[str]:
    said: list[str] = []
    growing = Growing(fields, said.append)
    for start in range(0, len(raw), step):
        growing.add(raw[start : start + step])
    return said


@pytest.mark.parametrize("step", [1, 3, 1000])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_the_text_grows_and_never_shows_json(step: int, ascii_only: bool) -> None:
    text = 'Он сказал: "Да\\нет" 👩‍👩‍👧‍👦\n\n{не скобка} и \t конец'
    said = _heard(json.dumps({"text": text}, ensure_ascii=ascii_only), step=step)
    assert said[-1] == text
    assert all(text.startswith(part.rstrip()) for part in said)
    assert said == sorted(said, key=len)
    for part in said:
        part.encode()  # no half of a surrogate pair


def test_the_platform_that_is_looked_at_is_shown_and_stays_shown() -> None:
    raw = json.dumps({"for_x": "Коротко", "text": "Длинный общий текст"}, ensure_ascii=False)
    assert _heard(raw, ("for_x", "text"))[-1] == "Коротко"
    assert _heard(raw, ("for_telegram", "text"))[-1] == "Длинный общий текст"


def test_a_threads_parts_are_shown_as_they_come() -> None:
    said = _heard('{"text": ["Первая", "Вто')
    assert said[-1] == "Первая\n\nВто"


@pytest.mark.parametrize(
    "raw",
    [
        '```json\n{"text": "готово"}\n```',
        'Sure, here it is:\n{"text": "готово"}\nHope you like it!',
        '<think>The schema says {"text": "no"}</think>\n{"text": "готово"}',
    ],
)
def test_what_stands_around_the_json_is_not_shown(raw: str) -> None:
    assert _heard(raw)[-1] == "готово"
    assert "no" not in _heard(raw)


@pytest.mark.parametrize(
    "raw", ["Certainly! no JSON here", "[1, 2]", '{"text": 5}', '{"text": "  "}', '{"n": "x"}', "{{{{"]
)
def test_nonsense_is_silence(raw: str) -> None:
    assert _heard(raw) == []


@pytest.mark.parametrize(
    ("partial", "kept"),
    [
        (
            "Мы открываем вторую кофейню в пятницу. Приходите на запах свежего хл",
            "Мы открываем вторую кофейню в пятницу.",
        ),
        (
            "**Открываем** вторую кофейню. И **наливаем всем первым гостям. Ещё",
            "**Открываем** вторую кофейню. И наливаем всем первым гостям.",
        ),
        ("Сорт стоит 12.50 за пачку, адрес https://tea.example/a.b и больше ничего пок", None),
        ("Коротко. И", None),
        ("", None),
        (
            "Первая строка без точки, но достаточно длинная\nвтор",
            "Первая строка без точки, но достаточно длинная",
        ),
    ],
)
def test_of_a_stopped_text_the_whole_sentences_stand(partial: str, kept: str | None) -> None:
    assert usable(partial) == kept
