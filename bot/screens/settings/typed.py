"""What does a typed value of a setting mean? A number, money, hours or a model's name, or why it is none."""

import re
from datetime import time
from typing import Any

from bot.replies import Refusal
from bot.screens.settings.fields import Shape, Spec

MODEL_LENGTH = 100  # characters; what the ledger of AI usage can hold
_MOST_MONEY = 100_000.0
_NUMBER = re.compile(r"(?P<number>\d{1,9}(?:[.,]\d{1,4})?)\s*[^\d.,]*")
_MONEY = re.compile(
    r"\$?\s*(?P<number>\d{1,9}(?:[.,]\d{1,4})?)\s*(?:\$|usd|долл\w*|dollars?)?", re.IGNORECASE
)
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?"
_ONE_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_HOURS = re.compile(rf"(?:с|со|from)?\s*{_CLOCK}\s*(?:-|–|—|до|to|till|until|,|\s)\s*{_CLOCK}", re.IGNORECASE)
_NONE = frozenset(
    {"нет", "без предела", "без ограничений", "не нужно", "выключить", "никогда", "-", "–", "—"}
    | {"no", "none", "off", "no limit", "unlimited", "never"}
)


def read(spec: Spec, text: str) -> Any:
    """Return the value typed for a setting. Raises ``Refusal`` that says what would work."""
    text = " ".join(text.split())
    match spec.shape:
        case Shape.NUMBER:
            if spec.optional and text.lower() in _NONE:
                return None
            return number(text, *spec.bounds, whole=spec.whole)
        case Shape.MONEY:
            return None if text.lower() in _NONE else _money(text)
        case Shape.HOURS:
            return None if text.lower() in _NONE else _hours(text)
        case _:
            return _model(text)


def number(text: str, low: float, high: float, *, whole: bool) -> float | int:
    """Return a number between two others. Raises ``Refusal``."""
    found = _NUMBER.fullmatch(text)
    value = float(found["number"].replace(",", ".")) if found else None
    if value is None or not low <= value <= high or (whole and value != int(value)):
        key = "settings-bad-whole" if whole else "settings-bad-number"
        raise Refusal(key, low=f"{low:g}", high=f"{high:g}")
    return int(value) if whole else value


def _money(text: str) -> float:
    found = _MONEY.fullmatch(text)
    value = float(found["number"].replace(",", ".")) if found else None
    if value is None or value > _MOST_MONEY:
        raise Refusal("settings-bad-money")
    return value


def clock(text: str) -> time | None:
    """Read a time of day: "18:30", "6.30 pm", "9"; None when it is none."""
    found = _ONE_CLOCK.fullmatch(text.strip())
    read_ = _clock(*found.groups()) if found else None
    return time.fromisoformat(read_) if read_ else None


def _hours(text: str) -> tuple[str, str]:
    found = _HOURS.fullmatch(text)
    start = _clock(*found.groups()[:3]) if found else None
    end = _clock(*found.groups()[3:]) if found else None
    if start is None or end is None:
        raise Refusal("settings-bad-hours")
    if start == end:
        raise Refusal("settings-same-hours")
    return start, end


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    value, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= value <= 12:
            return None
        value = value % 12 + (12 if half.lower() == "pm" else 0)
    if value == 24 and minutes == 0:
        value = 0
    return f"{value:02}:{minutes:02}" if value < 24 and minutes < 60 else None


def _model(text: str) -> str:
    if len(text) > MODEL_LENGTH or " " in text or not text.isprintable():
        raise Refusal("settings-bad-model", limit=MODEL_LENGTH)
    return text
