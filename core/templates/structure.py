"""What is inside `templates.structure`? The data model's JSON object, and the texts that work without AI."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator


class Structure(BaseModel):
    """`variables`, `format`, `ai_hints` and `examples` are the data model's; `body` and `parts` are filled in as
    they stand when no model writes. Unknown keys are kept.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    variables: list[str] = Field(default_factory=list)
    format: Literal["single", "thread"] = "single"
    ai_hints: str = ""
    examples: list[Any] = Field(default_factory=list)
    body: str = ""
    parts: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_shape(self) -> "Structure":
        if self.format == "single" and self.parts:
            raise ValueError("`parts` belong to the format `thread`; a single post has a `body`")
        return self

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Structure | None":
        """Return the structure in a row, or None when it is not one."""
        try:
            return cls.model_validate(stored)
        except ValidationError:
            return None

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each part. Without any, every variable makes a paragraph (a part, in a thread)."""
        if self.parts:
            return tuple(self.parts)
        if self.body:
            return (self.body,)
        each = tuple(f"{{{name}}}" for name in self.variables)
        return each if self.format == "thread" else ("\n\n".join(each),)
