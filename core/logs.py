"""How does NEXUS log? structlog for our code and the libraries' alike, as lines for people or JSON, without secrets."""

import json
import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Literal, TextIO

import structlog

from core.redaction import Redactor

# Chatty libraries: their INFO is our DEBUG, and some of it repeats addresses.
QUIET = (
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


# Characters that end a line, move a terminal's cursor or turn the direction of reading.
_TURNS = "\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069"
_CONTROLS = re.compile(rf"[\x00-\x08\x0a-\x1f{_TURNS}]")
_OF_LINES = frozenset({"exception", "stack"})
_BEYOND_JSON = re.compile(f"[{_TURNS}]")  # those that JSON itself writes as they are


def one_line(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that shows control characters instead of writing them: nobody forges a line of the log.

    Only a traceback has several lines. What is inside of lists and mappings the console's renderer shows so by itself.
    """
    for key, value in event.items():
        if isinstance(value, str):
            lines = value.split("\n") if key in _OF_LINES else [value]
            event[key] = "\n".join(_CONTROLS.sub(lambda found: ascii(found[0])[1:-1], line) for line in lines)
    return event


def _json(event: Any, **options: Any) -> str:
    """Write JSON of one line, with every control character escaped."""
    return _BEYOND_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(event, **options))


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
        structlog.processors.JSONRenderer(_json, ensure_ascii=False, default=str)
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
                *([one_line] if style == "console" else []),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
