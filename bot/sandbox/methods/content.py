"""What text, caption and options does a request give to a message?"""

from typing import Any

from bot.sandbox.entities import format_text, is_blank
from bot.sandbox.formatted import checked_url
from bot.sandbox.limits import CAPTION_UNITS, MESSAGE_UNITS, utf16_units
from bot.sandbox.methods.registry import Context
from bot.sandbox.model import Chat, Json
from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request, too_many_requests

PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def read_text(params: Params) -> Json:
    """`text` and `entities` of a message. Raises `Refusal` 400 when it is empty, too long or badly marked up."""
    raw = params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    entities = params.nested("entities", list, "entities")
    text, found = format_text(raw, params.text("parse_mode") or None, entities)
    if is_blank(text):
        raise bad_request("text must be non-empty")
    if utf16_units(text) > MESSAGE_UNITS:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if found:
        content["entities"] = found
    preview = _preview(params)
    return {**content, "link_preview_options": preview} if preview else content


def read_caption(params: Params) -> Json:
    """`caption` and `caption_entities`, which may be absent. Raises `Refusal` 400."""
    entities = params.nested("caption_entities", list, "caption entities")
    return caption_of(
        params.text("caption"), params.text("parse_mode"), entities, params.flag("show_caption_above_media")
    )


def caption_of(raw: str, parse_mode: str, entities: list[Any] | None, above: bool) -> Json:
    """The same from separate values, as an album's items have them."""
    if not raw:
        return {}
    text, found = format_text(raw, parse_mode or None, entities)
    if utf16_units(text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    if is_blank(text):
        return {}
    content: Json = {"caption": text}
    if found:
        content["caption_entities"] = found
    if above:
        content["show_caption_above_media"] = True
    return content


def read_options(params: Params) -> Json:
    """Fields of a message that are neither text nor media."""
    return {"has_protected_content": True} if params.flag("protect_content") else {}


def check_flood(context: Context, chat: Chat, messages: int = 1) -> None:
    """Count messages about to be sent. Raises `Refusal` 429 when the flood model is on and they are too many."""
    flood, now = context.sandbox.flood, context.sandbox.clock()
    for _ in range(messages):
        wait = flood.retry_after(context.bot.id, chat.key, private=chat.private, now=now)
        if wait is not None:
            raise too_many_requests(wait)


def _preview(params: Params) -> Json:
    options: Json = params.nested("link_preview_options", dict, "link preview options") or {}
    for name in PREVIEW_FLAGS:
        if name in options and not isinstance(options[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if options.get("url") and checked_url(str(options["url"])) is None:
        raise bad_request("WEBPAGE_URL_INVALID")
    if params.flag("disable_web_page_preview"):
        options = {**options, "is_disabled": True}
    return {name: value for name, value in options.items() if value not in (None, False)}
