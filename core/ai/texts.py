"""Which texts does a draft have? The common one and those of single platforms, as one form to send and to take back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from core.ai import threads
from core.ai.answers import Parts, Words, field_of

Said = str | tuple[str, ...]  # a text, or the parts of a thread


@dataclass(frozen=True, slots=True)
class Texts:
    """``common`` is what every platform shows that has no text in ``own``. Parts of threads are without numbers."""

    common: Said
    own: Mapping[str, Said] = field(default_factory=dict)
    numbered: bool = False

    @classmethod
    def of(cls, original: str, adapted: Mapping[str, Any]) -> "Texts":
        """Read a draft's columns."""
        own: dict[str, Said] = {}
        numbered = False
        common: Said = original
        for platform, form in adapted.items():
            parts = form.get("thread") if isinstance(form, Mapping) else None
            if isinstance(parts, list) and parts:
                strings = [str(part) for part in parts]
                numbered = numbered or threads.are_numbered(strings)
                own[platform] = tuple(threads.bare(part) for part in strings)
                if threads.joined(strings) == original:
                    common = own[platform]
            elif isinstance(form, Mapping) and isinstance(form.get("text"), str) and form["text"] != original:
                own[platform] = form["text"]
        return cls(common, own, numbered)

    @property
    def fields(self) -> dict[str, str | list[str]]:
        """The texts by the names of the answer's fields."""
        named = {"text": self.common} | {field_of(platform): said for platform, said in self.own.items()}
        return {name: said if isinstance(said, str) else list(said) for name, said in named.items()}

    @property
    def longest(self) -> int:
        """Characters of the longest of them."""
        return max(len(threads.joined(said)) for said in (self.common, *self.own.values()))

    @property
    def amount(self) -> int:
        """Characters of all of them."""
        return sum(len(threads.joined(said)) for said in (self.common, *self.own.values()))

    def shown_fields(self, shown: str | None) -> tuple[str, ...]:
        """The answer's fields that say what is seen on the platform ``shown``, the better one first."""
        return (field_of(shown), "text") if shown in self.own and shown else ("text",)

    def answer_model(self, shown: str | None) -> type[BaseModel]:
        """The type to ask for: the same texts, each in the shape it has; what is ``shown`` comes first."""
        first = self.shown_fields(shown)
        names = sorted(self.fields, key=lambda name: first.index(name) if name in first else len(first))
        shapes: dict[str, Any] = {
            name: (
                Words if isinstance(self.fields[name], str) else Parts,
                Field(description="the common text" if name == "text" else f"the text {name}"),
            )
            for name in names
        }
        return create_model("Texts", __config__=ConfigDict(extra="forbid"), **shapes)

    def answered(self, answer: BaseModel) -> "Texts":
        """The texts as they were given back."""
        said: Mapping[str, str | list[str]] = answer.model_dump()

        def of(name: str) -> Said:
            value = said[name]
            return value if isinstance(value, str) else tuple(value)

        return replace(
            self, common=of("text"), own={platform: of(field_of(platform)) for platform in self.own}
        )

    def with_shown(self, text: str, shown: str | None) -> "Texts | None":
        """The same with ``text`` in place of what is seen on ``shown``; None where that is a thread."""
        if shown in self.own and shown:
            return replace(self, own={**self.own, shown: text}) if isinstance(self.own[shown], str) else None
        return replace(self, common=text) if isinstance(self.common, str) else None

    def stored(self, adapted: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the draft's columns again; what else ``adapted`` says of a platform stays."""
        changed: dict[str, Any] = {}
        for platform in dict.fromkeys([*adapted, *self.own]):
            form = adapted.get(platform, {})
            kept = {key: value for key, value in form.items() if key not in {"text", "thread"}}
            if platform in self.own:
                kept |= self._form(self.own[platform])
            if kept:
                changed[platform] = kept
        return threads.joined(self._finished(self.common)), changed

    def _form(self, said: Said) -> dict[str, Any]:
        finished = self._finished(said)
        if isinstance(finished, str):
            return {"text": finished}
        return {"text": threads.joined(finished), "thread": finished}

    def _finished(self, said: Said) -> str | list[str]:
        if isinstance(said, str):
            return said
        return threads.numbered(said) if self.numbered else list(said)
