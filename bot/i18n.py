"""In which words? Texts live in Fluent files, one folder a language; a Translator finds and fills them.

``t("key", name=value)`` gives a screen's HTML: values from outside are escaped here and nowhere else (``Markup`` marks
what is HTML already). ``t.label(…)`` gives plain text for buttons, pop-ups and command descriptions. Where a text puts
a value into quotation marks, those that the value has itself become inner ones: «Чайная „Пауза“».
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import structlog
from fluent.runtime import FluentBundle, FluentResource

from bot.ui.formatted import escape

log = structlog.get_logger(__name__)

LANGUAGES = ("ru", "en")
FALLBACK = "en"  # what a stranger with another Telegram language is answered in
_FOLDER = Path(__file__).parent / "locales"

_NO_DIRECTION = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# A value in quotation marks, as the files have it; and what the marks within it become.
_QUOTED = re.compile(r"(?P<open>[«“])\{ (?P<value>\$\w+) \}(?P<close>[»”])")
_INNER = {"ru": str.maketrans("«»", "„“"), "en": str.maketrans("“”", "‘’")}

Value = str | int | float


class Markup(str):
    """HTML made by a Translator or by ``escape``: put into another text as it is."""

    __slots__ = ()


class TextError(LookupError):
    """A text is missing or was not given a variable; raised only when ``Translator.strict`` is on (tests)."""


class Translator:
    """The texts of one language."""

    strict: ClassVar[bool] = False

    def __init__(self, language: str, sources: Mapping[str, str]) -> None:
        self.language = language
        # Isolation marks (U+2068/2069) would be seen in links and counted as characters.
        functions: dict[str, Any] = {"INNER": lambda value: _inner(language, value)}
        self._bundle = FluentBundle([language], functions, use_isolating=False)
        for source in sources.values():
            quoted = _QUOTED.sub(r"\g<open>{ INNER(\g<value>) }\g<close>", source)
            self._bundle.add_resource(FluentResource(quoted))

    def __call__(self, key: str, /, **values: Value) -> Markup:
        """Return the text as HTML with escaped ``values``. Numbers choose plurals and are grouped; pass ids as str."""
        safe = {
            name: escape(value) if isinstance(value, str) and not isinstance(value, Markup) else value
            for name, value in values.items()
        }
        return Markup(self._format(key, safe))

    def label(self, key: str, /, **values: Value) -> str:
        """Return the text as plain text."""
        return self._format(key, values)

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return self._bundle.has_message(key)

    def _format(self, key: str, values: Mapping[str, Value]) -> str:
        if not self._bundle.has_message(key):
            return self._wrong(key, "no such text", key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            return self._wrong(key, "the text is empty", key)
        text, errors = self._bundle.format_pattern(pattern, {name: _plain(v) for name, v in values.items()})
        return self._wrong(key, str(errors[0]), str(text)) if errors else str(text)

    def _wrong(self, key: str, reason: str, shown: str) -> str:
        if self.strict:
            raise TextError(f"{self.language}/{key}: {reason}")
        log.error("text_missing", key=key, language=self.language, reason=reason)
        return shown


def _inner(language: str, value: Value) -> Value:
    return value.translate(_INNER[language]) if isinstance(value, str) and language in _INNER else value


def _plain(value: Value) -> Value:
    # fluent.runtime looks at the exact type of what it is given. A name must not turn the words around it about.
    return str(value).translate(_NO_DIRECTION) if isinstance(value, str) else value


@cache
def translator(language: str) -> Translator:
    """Return the Translator for ``language`` (or the fallback's), reading its files once."""
    chosen = language if language in LANGUAGES else FALLBACK
    files = sorted((_FOLDER / chosen).glob("*.ftl"))
    return Translator(chosen, {file.name: file.read_text(encoding="utf-8") for file in files})


def language_of(telegram_code: str | None) -> str:
    """Return the language to speak with a stranger whose Telegram client reports ``telegram_code`` ("ru", "pt-br")."""
    code = (telegram_code or "").partition("-")[0].lower()
    return code if code in LANGUAGES else FALLBACK
