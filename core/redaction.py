"""How is a secret kept out of what is written about work? Known ones exactly, the rest by field name and by shape."""

import re
from collections.abc import Iterable, MutableMapping
from typing import Any

from pydantic import BaseModel, SecretStr

from core.config import Settings

_HIDDEN = "<hidden>"
_SHORTEST_SECRET = 6  # characters; anything shorter would blank ordinary words

# Fields whose value is never shown, whatever it looks like.
_SECRET_FIELD = re.compile(
    r"(?:^|[_-])(?:token|secret|password|passwd|credentials|authorization|api[_-]?key|secret_keys?|cookie)$",
    re.IGNORECASE,
)
# What a secret looks like inside a text: addresses, headers, tracebacks of libraries.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(/(?:file/)?bot)\d+:[^/\s\"'?]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{30,}"), _HIDDEN),
    (re.compile(r"\bsk-[A-Za-z0-9_-]{8,}"), _HIDDEN),
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*:)[^\s/@]+(@)", re.IGNORECASE), rf"\1{_HIDDEN}\2"),
    (
        re.compile(
            r"((?:authorization|x-api-key|proxy-authorization)[\"']?\s*[:=]\s*)(?:[\"'][^\"']*[\"']|.+)",
            re.IGNORECASE,
        ),
        rf"\1{_HIDDEN}",
    ),
    (re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE), rf"\1 {_HIDDEN}"),
    (re.compile(r"\b\d{1,10}:[A-Za-z0-9+/_-]{43}="), _HIDDEN),  # an entry of NEXUS_SECRET_KEYS
)


class _Learned:
    """Secrets that were met while working: what a channel's credentials hold, a product's signing secret.

    There may be thousands, so they are found by their first characters instead of one expression of them all.
    """

    def __init__(self) -> None:
        self._by_start: dict[str, list[str]] = {}

    def add(self, secret: str) -> None:
        known = self._by_start.get(secret[:_SHORTEST_SECRET], [])
        if len(secret) >= _SHORTEST_SECRET and secret not in known:
            # The longest first: of one that begins like another, nothing is to be left over.
            self._by_start[secret[:_SHORTEST_SECRET]] = sorted([*known, secret], key=len, reverse=True)

    def hide(self, text: str) -> str:
        if not self._by_start:
            return text
        done, at = [], 0
        for here in range(len(text) - _SHORTEST_SECRET + 1):
            if here < at:
                continue
            for secret in self._by_start.get(text[here : here + _SHORTEST_SECRET], ()):
                if text.startswith(secret, here):
                    done += [text[at:here], _HIDDEN]
                    at = here + len(secret)
                    break
        return "".join([*done, text[at:]]) if done else text


_learned = _Learned()


def learn(*secrets: str | None) -> None:
    """Have ``secrets`` hidden from now on, in whatever this process writes; those under six characters are not."""
    for secret in secrets:
        if secret:
            _learned.add(secret)


def learn_from(model: BaseModel) -> None:
    """Learn every secret that ``model`` holds."""
    learn(*_secrets(model))


class Redactor:
    """A structlog processor that hides secrets: the known ones exactly, the rest by field name and by shape."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted(
            {secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}, key=len, reverse=True
        )
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(
        self, logger: object, name: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        for key, value in event.items():
            event[key] = _HIDDEN if _SECRET_FIELD.search(key) and value else self.clean(value)
        return event

    def clean(self, value: Any) -> Any:
        """Return ``value`` with the secrets in it hidden, through mappings and sequences."""
        match value:
            case str():
                return self._text(value)
            case dict():
                return {
                    key: _HIDDEN if _SECRET_FIELD.search(str(key)) and inner else self.clean(inner)
                    for key, inner in value.items()
                }
            case list() | tuple() | set() | frozenset():
                return [self.clean(inner) for inner in value]
            case None | bool() | int() | float():
                return value
            case _:
                return self._text(str(value))

    def _text(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(_HIDDEN, text)
        text = _learned.hide(text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text


def secrets_of(settings: Settings) -> list[str]:
    """Return every secret value the settings hold."""
    return list(_secrets(settings))


def _secrets(model: BaseModel) -> Iterable[str]:
    values = (getattr(model, name) for name in type(model).model_fields)
    return (value.get_secret_value() for value in values if isinstance(value, SecretStr))
