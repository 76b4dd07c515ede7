"""What will a text look like once Telegram has parsed its markup, checked its entities and trimmed it?"""

from typing import Any

from bot.sandbox.autolink import find_entities
from bot.sandbox.formatted import Entity, MarkupError, checked_url
from bot.sandbox.limits import utf16_units
from bot.sandbox.markup_html import parse_html
from bot.sandbox.markup_markdown import parse_markdown_v2
from bot.sandbox.refusals import Refusal, bad_request

GIVEN = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    ]
)
FOUND = frozenset(
    ["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card", "date_time"]
)
"""Kinds that Telegram finds itself; it accepts them in a request and ignores them."""
ZERO_WIDTH = "\u200b\u200e\u200f\u2060\ufeff"


def format_text(text: str, parse_mode: str | None, entities: list[Any] | None) -> tuple[str, list[Entity]]:
    """The text and entities a message gets. Raises `Refusal` 400 where Telegram refuses the markup or the entities."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise bad_request("strings must be encoded in UTF-8")
    if parse_mode:
        parsed = _parse(text.replace("\r", ""), parse_mode)
        text, marked = parsed
    else:
        marked = [_checked(entity, text) for entity in entities or [] if _is_given(entity)]
    text = "".join(" " if character < " " and character != "\n" else character for character in text)
    marked = [entity for entity in marked if entity["length"] > 0]
    text, marked = _trim(text, _without_nested_in_code(marked))
    everything = marked + find_entities(text, marked)
    return text, sorted(everything, key=lambda entity: (entity["offset"], -entity["length"]))


def is_blank(text: str) -> bool:
    """Whether nothing visible is left: Telegram refuses such a text as empty."""
    return not text.strip().strip(ZERO_WIDTH).strip()


def _parse(text: str, parse_mode: str) -> tuple[str, list[Entity]]:
    parsers = {"html": parse_html, "markdownv2": parse_markdown_v2}
    parser = parsers.get(parse_mode.lower())
    if parser is None:
        raise bad_request("unsupported parse_mode")
    try:
        parsed = parser(text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    return parsed.text, parsed.ordered()


def _entity_error(reason: str) -> Refusal:
    return bad_request(f"can't parse MessageEntity: {reason}")


def _is_given(entity: Any) -> bool:
    if not isinstance(entity, dict):
        raise _entity_error("Expected an Object")
    kind = entity.get("type")
    if kind not in GIVEN | FOUND:
        raise _entity_error("Unsupported type specified")
    return kind in GIVEN


def _checked(entity: dict[str, Any], text: str) -> Entity:
    offset, length = (_number(entity, name) for name in ("offset", "length"))
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if length and offset >= utf16_units(text):
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > utf16_units(text):
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {offset + length}"
        )
    units = text.encode("utf-16-le")
    for name, at in (("begins", offset), ("ends", offset + length)):
        if 0xDC <= (units[at * 2 + 1] if at * 2 + 1 < len(units) else 0) <= 0xDF:
            raise bad_request(f"entity {name} in a middle of a UTF-16 symbol at UTF-16 offset {at}")
    return {"type": entity["type"], "offset": offset, "length": length, **_details(entity)}


def _number(entity: dict[str, Any], name: str) -> int:
    value = entity.get(name)
    if value is None:
        raise _entity_error(f'Can\'t find field "{name}"')
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise _entity_error(f'Field "{name}" must be a valid Number') from error


def _details(entity: dict[str, Any]) -> dict[str, Any]:
    kind = entity["type"]
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}.get(kind)
    if needed and entity.get(needed) is None:
        raise _entity_error(f'Can\'t find field "{needed}"')
    if kind == "text_link":
        url = checked_url(str(entity["url"]))
        if url is None:
            reason = "Wrong HTTP URL" if entity["url"] else "URL host is empty"
            raise bad_request(f"entity URL '{entity['url']}' is invalid: {reason}")
        return {"url": url}
    if kind == "pre" and entity.get("language"):
        return {"language": str(entity["language"])}
    return {needed: entity[needed]} if needed else {}


def _without_nested_in_code(entities: list[Entity]) -> list[Entity]:
    """Code and preformatted text hold nothing inside, as Telegram has it."""
    code = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in {"code", "pre"}]
    return [
        entity
        for entity in entities
        if entity["type"] in {"code", "pre", "blockquote", "expandable_blockquote"}
        or not any(
            begin <= entity["offset"] and entity["offset"] + entity["length"] <= end for begin, end in code
        )
    ]


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends and move the entities along."""
    stripped = text.strip(" \n")
    lead = len(text) - len(text.lstrip(" \n"))
    size = utf16_units(stripped)
    kept: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] + entity["length"] - lead)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return stripped, kept
