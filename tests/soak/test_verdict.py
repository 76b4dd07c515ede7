"""Does the comparison find what was lost and what stands twice, and nothing else?"""

from tests.soak.verdict import Verdict, compare


def found(wanted: list[str], live: list[str], asked: list[str]) -> list[str]:
    verdict = Verdict()
    compare("posts", wanted, live, asked, verdict)
    return verdict.wrong


def test_what_stands_once_or_was_asked_about_is_right() -> None:
    assert found(["a", "b", "c"], ["b", "a"], ["c"]) == []


def test_what_is_lost_is_named() -> None:
    assert found(["a", "b"], ["a"], []) == ["posts: 1 lost, the first ['b']"]


def test_what_is_doubled_is_named_also_when_it_was_asked_about() -> None:
    assert found(["a"], ["a", "a"], ["a"]) == ["posts: 1 doubled, the first ['a']"]
