"""Which shape has the model's answer? One text, and one for each of several platforms (lists of parts for a thread)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from core.ai import threads
from core.templates.kinds import PostKind


def _text(value: str) -> str:
    """PostgreSQL keeps no NUL, UTF-8 no lone surrogates, and a post has something to read."""
    cleaned = clean(value).strip()
    if not cleaned:
        raise ValueError("is empty")
    return cleaned


# One text, and the parts of a thread.
Words = Annotated[str, AfterValidator(_text)]
Parts = Annotated[list[Words], Field(min_length=1)]


def clean(text: str) -> str:
    """Return ``text`` without what cannot be stored: NUL and lone halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def answer_model(platforms: Sequence[str], kind: str | None, shown: str | None = None) -> type[BaseModel]:
    """Return the type to ask for: `text`, and a field for each platform when there are several.

    The platform that is ``shown`` while the answer comes is asked for first: models write in the order of the schema.
    """
    shape: Any = Parts if kind == PostKind.THREAD else Words
    what = "the parts of the thread, in order" if kind == PostKind.THREAD else "the finished post"
    where = f"for {platforms[0]}" if len(platforms) == 1 else "tied to no platform"
    fields: dict[str, Any] = {"text": (shape, Field(description=f"{what}, {where}"))}
    if len(platforms) > 1:
        own = {field_of(name): (shape, Field(description=f"{what}, for {name}")) for name in platforms}
        first = {name: own[name] for name in shown_fields(platforms, shown) if name in own}
        fields = first | fields | own
    return create_model("Posts", __config__=ConfigDict(extra="forbid"), **fields)


def shown_fields(platforms: Sequence[str], shown: str | None) -> tuple[str, ...]:
    """Return the fields of the answer that say the text for ``shown``, the better one first."""
    return (field_of(shown), "text") if shown in platforms and len(platforms) > 1 and shown else ("text",)


def read(answer: BaseModel, platforms: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the original text and what `content.adapted` must say beside it.

    A platform whose text is the original one has no entry: then an edit of the original is an edit of what appears.
    """
    said: Mapping[str, str | list[str]] = answer.model_dump()
    common = said["text"]
    original = common if isinstance(common, str) else threads.joined(threads.numbered(common))
    adapted: dict[str, Any] = {}
    for platform in platforms:
        own = said.get(field_of(platform), common)
        if isinstance(own, list):
            own = threads.numbered(own)
            adapted[platform] = {"text": threads.joined(own), "thread": own}
        elif own != original:
            adapted[platform] = {"text": own}
    return original, adapted


def field_of(platform: str) -> str:
    """Return the name of the answer's field for ``platform``."""
    return f"for_{platform}".replace("-", "_")
