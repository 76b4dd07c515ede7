"""Which shape has the model's answer? A text per platform (a list of parts for a thread), and a general one."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from core.templates.kinds import PostKind


def _text(value: str) -> str:
    """PostgreSQL keeps no NUL, UTF-8 no lone surrogates, and a post has something to read."""
    cleaned = clean(value).strip()
    if not cleaned:
        raise ValueError("is empty")
    return cleaned


_Text = Annotated[str, AfterValidator(_text)]
_Thread = Annotated[list[_Text], Field(min_length=1)]


def clean(text: str) -> str:
    """Return ``text`` without what cannot be stored: NUL and lone halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def answer_model(platforms: Sequence[str], kind: str | None) -> type[BaseModel]:
    """Return the type to ask for: a field per platform, and `text` when there are several or none."""
    shape: Any = _Thread if kind == PostKind.THREAD else _Text
    what = "the parts of the thread, in order" if kind == PostKind.THREAD else "the finished post"
    fields: dict[str, Any] = {
        _field(platform): (shape, Field(description=f"{what}, for {platform}")) for platform in platforms
    }
    if len(platforms) != 1:
        general: Any = (shape, Field(description=f"{what}, tied to no platform"))
        fields = {"text": general} | fields
    return create_model("Posts", __config__=ConfigDict(extra="forbid"), **fields)


def read(answer: BaseModel, platforms: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the original text and what `content.adapted` must say beside it.

    A platform whose text is the original one has no entry: then an edit of the original is an edit of what appears.
    """
    said: Mapping[str, str | list[str]] = answer.model_dump()
    general = said["text"] if "text" in said else said[_field(platforms[0])]
    original = _joined(general)
    adapted: dict[str, Any] = {}
    for platform in platforms:
        own = said[_field(platform)]
        if isinstance(own, list):
            adapted[platform] = {"text": _joined(own), "thread": own}
        elif own != original:
            adapted[platform] = {"text": own}
    return original, adapted


def _field(platform: str) -> str:
    return f"for_{platform}".replace("-", "_")


def _joined(said: str | list[str]) -> str:
    return said if isinstance(said, str) else "\n\n".join(said)
