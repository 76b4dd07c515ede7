"""How does a product speak? The brand voice as a typed value over `products.brand_voice`."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from core.products.models import Product


class Vocabulary(BaseModel):
    """Words to use and words to leave out."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    preferred: list[str] = Field(default_factory=list)
    avoid: list[str] = Field(default_factory=list)


class BrandVoice(BaseModel):
    """The data model's voice, and the fields the product specification adds to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    personality: list[str] = Field(default_factory=list)
    vocabulary: Vocabulary = Field(default_factory=Vocabulary)
    tone_examples: dict[str, str] = Field(default_factory=dict)
    emoji_set: list[str] = Field(default_factory=list)
    language: str | None = None
    formality: str | None = None
    must_say: list[str] = Field(default_factory=list)
    never_say: list[str] = Field(default_factory=list)
    rules: list[str] = Field(default_factory=list)  # habits of writing, each a sentence

    @classmethod
    def of(cls, product: Product) -> "BrandVoice":
        """Return the voice of ``product``."""
        return cls.model_validate(product.brand_voice)

    def stored(self) -> dict[str, Any]:
        """Return the JSON for the column: the data model's four fields always, the added ones when set."""
        always = {"personality", "vocabulary", "tone_examples", "emoji_set"}
        return {key: value for key, value in self.model_dump().items() if key in always or value}
