"""Who is held back for wrong signatures, and for how long?"""

import pytest

from core.events import guessing
from core.events.guessing import MOST, SECONDS, Guesses, sender


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.114.9", None, "203.0.114.9"),
        ("203.0.114.9", "8.8.8.8", "203.0.114.9"),  # nobody on the internet says who he is
        ("127.0.0.1", "1.1.1.1, 8.8.8.8", "8.8.8.8"),  # the last one is what our proxy saw
        ("172.18.0.1", "8.8.8.8, 10.0.0.1", None),
        ("127.0.0.1", None, None),
        ("127.0.0.1", "nonsense", None),
        ("2001:4860:4860:0:1:2:3:4", None, "2001:4860:4860::/64"),
        ("fe80::1%eth0", None, None),
        (None, "8.8.8.8", None),
        ("unix", None, None),
    ],
)
def test_who_sends(peer: str | None, forwarded: str | None, expected: str | None) -> None:
    assert sender(peer, forwarded) == expected


def test_many_wrong_ones_make_wait_and_time_heals() -> None:
    now = 0.0
    guesses = Guesses(lambda: now)
    for _ in range(MOST - 1):
        guesses.note("8.8.8.8")
        now += 0.1
    assert guesses.wait("8.8.8.8") == 0
    guesses.note("8.8.8.8")
    assert guesses.wait("8.8.8.8") == pytest.approx(SECONDS - now)
    assert guesses.wait("8.8.4.4") == 0
    assert guesses.wait(None) == 0
    now += SECONDS
    assert guesses.wait("8.8.8.8") == 0


def test_slow_mistakes_are_nobody_s_guesses() -> None:
    now = 0.0
    guesses = Guesses(lambda: now)
    for _ in range(5 * MOST):
        guesses.note("8.8.8.8")
        now += SECONDS / MOST + 0.01
    assert guesses.wait("8.8.8.8") == 0


def test_a_flood_from_everywhere_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "_REMEMBERED", 100)
    guesses = Guesses(lambda: 0.0)
    for number in range(1000):
        guesses.note(f"8.8.{number // 256}.{number % 256}")
    guesses.note(None)
    assert len(guesses._moments) == 100
