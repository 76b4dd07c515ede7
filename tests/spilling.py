"""Does the whole suite keep secrets out of its logs? Every line is kept as production would write it, and searched.

What counts as a secret: whatever was ever put into a ``SecretStr`` (settings, credentials of channels), and what the
keyring has sealed as text. Lines are searched at the end, so a secret that was logged before anybody knew it is found.
"""

import json
import logging
import tempfile
from collections.abc import Callable, Generator, MutableMapping
from contextlib import contextmanager
from typing import IO, Any
from unittest import mock

import structlog
from pydantic import SecretStr

from core import logs
from core.redaction import Redactor
from core.security.keyring import Keyring

_SHORTEST = 8  # characters; tests use shorter words that also stand in ordinary sentences
_WORDS = frozenset({"TEST-secret"})


class Spill(AssertionError):
    """A secret was written into a log."""


class _Kept:
    """The lines and the secrets of one process of the suite."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._redactor = Redactor()
        self.secrets: set[str] = set()

    def secret(self, value: object) -> None:
        if isinstance(value, str) and len(value) >= _SHORTEST and value not in _WORDS:
            self.secrets.add(value)

    def line(self, fields: MutableMapping[str, Any]) -> None:
        formatted = structlog.processors.format_exc_info(None, "", dict(fields))
        written = self._redactor(None, "", formatted)
        self._out.write(json.dumps(written, ensure_ascii=False, default=str) + "\n")

    def spilled(self) -> list[str]:
        """Return the lines that hold a secret."""
        self._out.seek(0)
        everything = self._out.read()
        found = [secret for secret in self.secrets if secret in everything]
        return [line for line in everything.splitlines() if any(secret in line for secret in found)]


class _Handler(logging.Handler):
    def __init__(self, kept: _Kept) -> None:
        super().__init__(logging.INFO)
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in logs.QUIET and record.levelno < logging.WARNING:
            return
        self._kept.line({"event": record.getMessage(), "exc_info": record.exc_info})


@contextmanager
def watched() -> Generator[None]:
    """Keep what is logged meanwhile. Raises ``Spill`` at the end when a secret stands in it."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        kept = _Kept(out)

        def tap(logger: object, name: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
            kept.line(fields)
            return fields

        structlog.configure(
            processors=[structlog.contextvars.merge_contextvars, tap, *structlog.get_config()["processors"]]
        )
        handler = _Handler(kept)
        logging.getLogger().addHandler(handler)
        with _noted(SecretStr, "__init__", kept), _noted(Keyring, "seal", kept):
            yield
        logging.getLogger().removeHandler(handler)
        spilled = kept.spilled()
    if spilled:
        raise Spill("secrets stand in the logs:\n" + "\n".join(spilled[:20]))


@contextmanager
def _noted(cls: type, method: str, kept: _Kept) -> Generator[None]:
    real: Callable[..., Any] = getattr(cls, method)

    def noted(self: object, value: Any, *more: Any, **named: Any) -> Any:
        kept.secret(value.decode(errors="replace") if isinstance(value, bytes) else value)
        return real(self, value, *more, **named)

    with mock.patch.object(cls, method, noted):
        yield
