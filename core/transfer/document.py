"""What may an imported document say? The data model's columns, nested by ownership; nothing else."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from core.products.service import slug_of
from core.products.voice import BrandVoice
from core.products.webhook_secret import LONGEST, SHORTEST

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$")]
_JsonObject = dict[str, Any]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def given(self, *leave_out: str) -> _JsonObject:
        """Return only the fields the document names: what it does not name is left as it is."""
        return {name: getattr(self, name) for name in self.model_fields_set if name not in leave_out}


class ChannelPart(_Part):
    """A row of `channels`; the credentials are checked by the platform's own model."""

    platform: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    platform_name: Annotated[str, StringConstraints(max_length=255)] | None = None
    credentials: _JsonObject
    settings: _JsonObject = Field(default_factory=dict)


class TemplatePart(_Part):
    """A row of `templates`, recognised by its name within its product."""

    name: _Name
    description: str | None = None
    category: Annotated[str, StringConstraints(max_length=100)] | None = None
    content_type: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    platforms: list[Annotated[str, StringConstraints(min_length=1, max_length=50)]] = Field(
        default_factory=list
    )
    structure: _JsonObject
    language: Annotated[str, StringConstraints(max_length=8)] | None = None
    is_system: bool = False


class AutomationPart(_Part):
    """A row of `automations`, recognised by its name within its product."""

    name: _Name
    description: str | None = None
    trigger_type: Literal["event", "schedule", "metric"]
    trigger_config: _JsonObject
    conditions: list[_JsonObject] = Field(default_factory=list)
    actions: list[_JsonObject]
    options: _JsonObject = Field(default_factory=dict)
    enabled: bool = True


class ProductPart(_Part):
    """A row of `products` with everything it owns, recognised by its slug (made from the name when not given)."""

    name: _Name
    slug: _Slug | None = None
    description: str | None = None
    brand_voice: BrandVoice | None = None
    webhook_secret: str | None = None
    settings: _JsonObject = Field(default_factory=dict)
    channels: list[ChannelPart] = Field(default_factory=list)
    templates: list[TemplatePart] = Field(default_factory=list)
    automations: list[AutomationPart] = Field(default_factory=list)

    @field_validator("webhook_secret")
    @classmethod
    def _secret_length(cls, value: str | None) -> str | None:
        if value is not None and not SHORTEST <= len(value.encode()) <= LONGEST:
            raise ValueError(f"must have {SHORTEST} to {LONGEST} bytes")
        return value

    @property
    def key(self) -> str:
        """The slug, given or made from the name; empty when the name yields none."""
        return self.slug or slug_of(self.name)


class Document(_Part):
    """Everything an import may hold."""

    products: list[ProductPart] = Field(default_factory=list)
    templates: list[TemplatePart] = Field(default_factory=list)
    settings: dict[str, _JsonObject] = Field(default_factory=dict)
