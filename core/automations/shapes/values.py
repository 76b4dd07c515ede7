"""Which values do several shapes hold? Platforms, lengths of time, times of day, texts with variables: each checked once."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from core.automations.shapes.forms import Ask, FieldKind
from core.automations.shapes.problems import ProblemCode, refuse, shown
from core.automations.shapes.spans import Span, parse_span
from core.errors import InvalidInput
from core.platforms.registry import PLATFORMS
from core.settings.zones import parse_zone

TEXT_LIMIT = 4000  # characters of a text with variables
_ALSO_CALLED = {"x": "twitter", "tg": "telegram", "fb": "facebook", "ig": "instagram", "vkontakte": "vk"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PATH = re.compile(r"[^\s.{}\[\]]{1,100}(\.[^\s.{}\[\]]{1,100}){0,9}")


class Shape(BaseModel):
    """Base of every shape: nothing it does not know is taken for right."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


def _platform(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    slug = _ALSO_CALLED.get(value.strip().lower(), value.strip().lower())
    if slug not in PLATFORMS:
        raise refuse(ProblemCode.NOT_ONE_OF, value=shown(value), allowed=sorted(PLATFORMS))
    return slug


def _duration(value: str) -> str:
    if parse_span(value) is None:
        raise refuse(ProblemCode.BAD_DURATION, value=shown(value))
    return value


def _fixed(value: str) -> str:
    span = parse_span(value)
    if span is None or span.is_random:
        raise refuse(ProblemCode.BAD_DURATION, value=shown(value))
    return value


def _clock(value: str) -> str:
    if not _CLOCK.fullmatch(value):
        raise refuse(ProblemCode.BAD_TIME, value=shown(value))
    return value


def _zone(value: str) -> str:
    try:
        parse_zone(value)
    except InvalidInput:
        raise refuse(ProblemCode.BAD_ZONE, value=shown(value)) from None
    return value


def _path(value: str) -> str:
    if not _PATH.fullmatch(value):
        raise refuse(ProblemCode.BAD_FIELD, value=shown(value))
    return value


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
        raise refuse(ProblemCode.BAD_ADDRESS, value=shown(value))
    return value


Platform = Annotated[str, BeforeValidator(_platform)]
Platforms = Annotated[list[Platform], Field(max_length=20), Ask(FieldKind.PLATFORMS)]
Duration = Annotated[str, Field(max_length=40), AfterValidator(_duration), Ask(FieldKind.DURATION)]
Fixed = Annotated[str, Field(max_length=40), AfterValidator(_fixed), Ask(FieldKind.DURATION, advanced=True)]
Clock = Annotated[str, AfterValidator(_clock), Ask(FieldKind.TIME, advanced=True)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(_zone), Ask(FieldKind.ZONE)]
FieldPath = Annotated[str, Field(max_length=200), AfterValidator(_path), Ask(FieldKind.PATH)]
Address = Annotated[str, Field(max_length=2000), AfterValidator(_address), Ask(FieldKind.ADDRESS)]
Words = Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT), Ask(FieldKind.LONG_TEXT)]


def span_of(text: str) -> Span:
    """Return the span of a text that was checked."""
    span = parse_span(text)
    if span is None:
        raise ValueError(f"{text!r} was not checked")
    return span
