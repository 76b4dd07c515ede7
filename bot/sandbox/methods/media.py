"""How does a bot send photos, videos, files and albums?"""

import secrets
from typing import Any

from bot.sandbox.filing import resolve_file
from bot.sandbox.keyboards import read_markup
from bot.sandbox.limits import ALBUM_MAX, ALBUM_MIN
from bot.sandbox.methods.content import caption_of, check_flood, read_caption, read_options
from bot.sandbox.methods.registry import Context, Method, method
from bot.sandbox.model import Json
from bot.sandbox.posting import place, replied_to, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import message_body

KINDS = ("photo", "video", "animation", "document", "audio", "voice")
ALONE = frozenset({"document", "audio"})
"""Kinds that make an album only among themselves."""


def _sender(kind: str) -> Method:
    def send(context: Context) -> Json:
        params, sandbox = context.params, context.sandbox
        chat = writable(sandbox, context.bot, params.fields.get("chat_id"))
        content = read_caption(params) | read_options(params)
        if params.flag("has_spoiler"):
            content["has_media_spoiler"] = True
        markup = read_markup(params, private=chat.private)
        reply_to = replied_to(sandbox, chat, params)
        check_flood(context, chat)
        media = attach(context, kind, params.uploads.get(kind) or params.fields.get(kind), params.fields)
        post = place(sandbox, chat, context.bot.id, content, media=media, markup=markup, reply_to=reply_to)
        return message_body(sandbox, post, context.bot.id)

    return send


for _kind in KINDS:
    method(f"send{_kind.title()}")(_sender(_kind))


def attach(context: Context, kind: str, reference: Any, about: Json) -> Json:
    """The `media` of a message. Raises `Refusal` when the file is not one Telegram takes as this kind."""
    sizes = (
        {name: _size(about.get(name)) for name in ("width", "height", "duration")} if kind != "photo" else {}
    )
    stored = resolve_file(context.sandbox, context.bot, context.params, reference, kind, **sizes)
    media: Json = {"kind": kind, "file": stored.uid}
    if kind == "audio":
        media |= {name: str(about[name]) for name in ("performer", "title") if about.get(name)}
    return media


def _size(value: Any) -> int:
    return int(value) if str(value or "").isdigit() else 0


@method("sendMediaGroup")
def send_media_group(context: Context) -> list[Json]:
    """An album: two to ten photos and videos, or as many documents, or as many audio files."""
    params, sandbox = context.params, context.sandbox
    chat = writable(sandbox, context.bot, params.fields.get("chat_id"))
    items = params.nested("media", list, "media")
    if not items:
        raise bad_request("parameter media is required")
    if not ALBUM_MIN <= len(items) <= ALBUM_MAX:
        raise bad_request(
            "wrong number of messages in the album"
            if len(items) < ALBUM_MIN
            else "too many messages to send as an album"
        )
    if params.has("reply_markup"):
        raise bad_request("reply_markup is not allowed in albums")
    kinds = [_item_kind(item) for item in items]
    if len(set(kinds)) > 1 and set(kinds) & ALONE:
        raise bad_request("Document and Audio can't be mixed with other media types in an album")
    reply_to = replied_to(sandbox, chat, params)
    contents = [input_caption(item) | read_options(params) for item in items]
    check_flood(context, chat, len(items))
    media = [attach(context, kind, item.get("media"), item) for kind, item in zip(kinds, items, strict=True)]
    group = str(secrets.randbelow(9 * 10**16) + 10**16)
    posts = [
        place(
            sandbox, chat, context.bot.id, {**content, "media_group_id": group}, media=one, reply_to=reply_to
        )
        for content, one in zip(contents, media, strict=True)
    ]
    return [message_body(sandbox, post, context.bot.id) for post in posts]


def _item_kind(item: Any) -> str:
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = str(item.get("type") or "")
    if kind == "animation":
        raise bad_request("Can't use the media of the specified type in the album")
    if kind not in {"photo", "video", "document", "audio"}:
        raise bad_request(
            f"can't parse InputMedia: type must be one of photo, video, document, audio; got {kind!r}"
        )
    return kind


def input_caption(item: Json) -> Json:
    """Caption and spoiler of an `InputMedia`."""
    content = caption_of(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities"),
        bool(item.get("show_caption_above_media")),
    )
    return {**content, "has_media_spoiler": True} if item.get("has_spoiler") else content
