"""How does NEXUS log? structlog for our code and the libraries' alike, as lines for people or JSON, without secrets."""

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Literal, TextIO

import structlog
from pydantic import SecretStr

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

# Chatty libraries: their INFO is our DEBUG, and some of it repeats addresses.
_QUIET = (
    "aiohttp.access",
    "aiogram.event",
    "alembic",
    "httpx2",
    "httpcore2",
    "anthropic",
    "asyncio",
    "taskiq",
    "redis",
)


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
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text


def secrets_of(settings: Settings) -> list[str]:
    """Return every secret value the settings hold."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return [value.get_secret_value() for value in values if isinstance(value, SecretStr)]


def configure(
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO",
    style: Literal["console", "json"] = "console",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all logging of this process, ours and the libraries', to ``stream`` (standard error)."""
    output = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.PositionalArgumentsFormatter(),
                    structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=False,
    )  # fmt: skip
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=output.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=32
        )
    )
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Tracebacks become text before the redaction, so that it reaches into them; locals are never shown.
                structlog.processors.format_exc_info,
                Redactor(secrets),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
