"""Every kind of news has words for a letter in both languages, made of what is known about it."""

import re

import pytest

from core.alerts.saying import wording
from core.notifications.models import NotificationKind

_ONLY_TELEGRAM = {NotificationKind.CONSENT}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_kind_has_words(language: str) -> None:
    words = wording(language)["kinds"]
    assert {kind.value for kind in set(NotificationKind) - _ONLY_TELEGRAM} == set(words)
    for title, text in words.values():
        assert title.strip()
        assert not re.search(r"{(?!\w+})", title + text)


def test_both_languages_say_the_same_things() -> None:
    russian, english = wording("ru"), wording("en")
    for kind, (title, text) in russian["kinds"].items():
        other = "".join(english["kinds"][kind])
        assert set(re.findall(r"{\w+}", title + text)) == set(re.findall(r"{\w+}", other)), kind
    assert set(russian["parts"]) == set(english["parts"])
