"""What is wrong with a rule's JSON, where, and what would be allowed? Codes and values; the screen makes the sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from core.errors import InvalidInput

Path = tuple[str | int, ...]
_MANY = 40  # allowed values that are named


class ProblemCode(StrEnum):
    """What can be wrong; each has a text at the screen, filled with the problem's ``params``."""

    MISSING = "missing"
    UNKNOWN_KEY = "unknown-key"  # allowed
    UNKNOWN_KIND = "unknown-kind"  # value, allowed
    NOT_ONE_OF = "not-one-of"  # value, allowed
    NOT_TEXT = "not-text"
    NOT_NUMBER = "not-number"
    NOT_FLAG = "not-flag"
    NOT_LIST = "not-list"
    NOT_OBJECT = "not-object"
    TOO_LONG = "too-long"  # limit: characters of a text, or items of a list
    TOO_SHORT = "too-short"  # limit
    TOO_SMALL = "too-small"  # limit
    TOO_LARGE = "too-large"  # limit
    TOO_MANY = "too-many"  # limit: actions or conditions of a whole rule
    TOO_DEEP = "too-deep"  # limit: groups within groups
    BAD_CRON = "bad-cron"
    BAD_ZONE = "bad-zone"
    BAD_DURATION = "bad-duration"
    BAD_TIME = "bad-time"
    BAD_PATTERN = "bad-pattern"
    BAD_FIELD = "bad-field"
    BAD_ADDRESS = "bad-address"
    BAD_COMPARISON = "bad-comparison"  # of a metric: "> 2x average"
    BAD_FACTS = "bad-facts"  # "daily_stats: 7d"
    BAD_VALUE = "bad-value"  # of a condition; operator
    TOGETHER = "together"  # names: fields of which only one may be given
    NEEDS = "needs"  # names: fields of which one has to be given
    NOT_READABLE = "not-readable"  # anything else


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``params`` are plain values: texts, numbers, lists of texts."""

    path: Path
    code: ProblemCode
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The path as it is written: ``actions[1].platforms[0]``."""
        said = ""
        for step in self.path:
            said += f"[{step}]" if isinstance(step, int) else f".{step}" if said else step
        return said


class InvalidRule(InvalidInput):
    """A rule's JSON cannot be used; ``problems`` say where and why."""

    code = "invalid-rule"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        said = "; ".join(f"{one.where}: {one.code}" for one in self.problems)
        super().__init__(said, reason="invalid-rule")


def refuse(code: ProblemCode, **params: object) -> PydanticCustomError:
    """Return the error a validator raises for ``code``; it arrives as a ``Problem`` with the path of its field."""
    return PydanticCustomError("nexus", "{code}", {"code": code.value, "params": params})


def problems_of(error: ValidationError, at: Path, allowed: Sequence[str] = ()) -> list[Problem]:
    """Return pydantic's findings as problems below ``at``; ``allowed`` are the keys the object may have."""
    return [
        _problem(one, (*at, *one["loc"]), allowed)
        for one in error.errors(include_url=False, include_context=True)
    ]


_PLAIN = {
    "missing": ProblemCode.MISSING,
    "list_type": ProblemCode.NOT_LIST,
    "tuple_type": ProblemCode.NOT_LIST,
    "string_type": ProblemCode.NOT_TEXT,
    "dict_type": ProblemCode.NOT_OBJECT,
    "model_type": ProblemCode.NOT_OBJECT,
    "bool_type": ProblemCode.NOT_FLAG,
    "bool_parsing": ProblemCode.NOT_FLAG,
}
_LIMITS = {
    "string_too_long": (ProblemCode.TOO_LONG, "max_length"),
    "too_long": (ProblemCode.TOO_LONG, "max_length"),
    "string_too_short": (ProblemCode.TOO_SHORT, "min_length"),
    "too_short": (ProblemCode.TOO_SHORT, "min_length"),
    "greater_than_equal": (ProblemCode.TOO_SMALL, "ge"),
    "greater_than": (ProblemCode.TOO_SMALL, "gt"),
    "less_than_equal": (ProblemCode.TOO_LARGE, "le"),
    "less_than": (ProblemCode.TOO_LARGE, "lt"),
}
_NUMBERS = ("int_", "float_", "decimal_", "finite_")


def _problem(error: ErrorDetails, path: Path, allowed: Sequence[str]) -> Problem:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "nexus":
        return Problem(path, ProblemCode(context["code"]), dict(context["params"]))
    if kind == "extra_forbidden":
        return Problem(path, ProblemCode.UNKNOWN_KEY, {"allowed": list(allowed)[:_MANY]})
    if kind in {"literal_error", "enum"}:
        return Problem(
            path,
            ProblemCode.NOT_ONE_OF,
            {"value": shown(error["input"]), "allowed": _expected(str(context.get("expected", "")))},
        )
    if kind in _LIMITS:
        code, name = _LIMITS[kind]
        return Problem(path, code, {"limit": context[name]})
    if kind.startswith(_NUMBERS):
        return Problem(path, ProblemCode.NOT_NUMBER)
    return Problem(path, _PLAIN.get(kind, ProblemCode.NOT_READABLE))


def shown(value: object) -> str:
    """Return a value that was given as a short text."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _expected(said: str) -> list[str]:
    """Pydantic says "'a', 'b' or 'c'"."""
    return [part.strip().strip("'") for part in said.replace(" or ", ", ").split(",") if part.strip()][:_MANY]
