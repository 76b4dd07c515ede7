"""How does a rendered part reach a channel, and how is it changed or taken away again?

Telegram has no idempotency keys and a bot cannot read a channel back, so a send whose answer is lost stays in doubt:
time-outs, cut connections and every 5xx are ``OutcomeUnknown``. Telegram's 500 and 502 come from servers in front of
the one that posts, and messages do appear behind them. Edits and deletions may be repeated, so there the same failures
are ``Transient``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import OutcomeUnknown, PlatformError
from core.platforms.base import Part, Sent, Target
from core.platforms.telegram import client, errors
from core.platforms.telegram import media as files

_EDITABLE = ("link_preview_options", "reply_markup")
_DELETED_AT_ONCE = 100


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Send one part. ``key`` has no use here: see the module's text. Raises as ``core.platforms.base.Publish``."""
    payload = dict(part.payload)
    payload["chat_id"] = client.credentials(target).chat_id
    if "reply_parameters" in payload:
        first = earlier[0].post_ids if earlier else ()
        if first:
            payload["reply_parameters"] = {**payload["reply_parameters"], "message_id": int(first[0])}
        else:
            del payload["reply_parameters"]
    uploads = await _put_media(target, part, payload)
    result = await client.call(target, part.method, payload, publishes=True, files=uploads)
    return sent_from(result)


async def edit(target: Target, sent: Sent, part: Part) -> None:
    """Give a published message another text, caption or buttons; its files stay. Raises as ``Publish``."""
    payload: dict[str, Any] = {
        "chat_id": client.credentials(target).chat_id,
        "message_id": int(sent.post_ids[0]),
    }
    described: Mapping[str, Any] = part.payload
    if part.method == "sendMediaGroup":
        described = part.payload["media"][0]  # an album's text is its first file's caption
    if part.media:
        method = "editMessageCaption"
        names: tuple[str, ...] = ("caption_entities", "show_caption_above_media", "reply_markup")
        payload["caption"] = part.text
    else:
        method = "editMessageText"
        names = ("entities", *_EDITABLE)
        payload["text"] = part.text
    payload |= {name: described[name] for name in names if name in described}
    try:
        await client.call(target, method, payload)
    except PlatformError as error:
        if not errors.is_unchanged(error):
            raise


async def delete(target: Target, sent: Sent) -> None:
    """Remove a post with all its messages; those already gone count as removed. Raises as ``Publish``."""
    chat_id = client.credentials(target).chat_id
    ids = [int(one) for one in sent.post_ids]
    for start in range(0, len(ids), _DELETED_AT_ONCE):
        batch = ids[start : start + _DELETED_AT_ONCE]
        alone = len(batch) == 1
        method = "deleteMessage" if alone else "deleteMessages"
        which = {"message_id": batch[0]} if alone else {"message_ids": batch}
        try:
            await client.call(target, method, {"chat_id": chat_id, **which})
        except PlatformError as error:
            if not errors.is_gone(error):
                raise


def sent_from(result: Any) -> Sent:
    """Read the message, or the album's messages. Raises ``OutcomeUnknown`` when it is neither."""
    messages = result if isinstance(result, list) else [result]
    ids = [
        message.get("message_id")
        for message in messages
        if isinstance(message, dict) and isinstance(message.get("message_id"), int)
    ]
    if not ids or len(ids) != len(messages):
        raise OutcomeUnknown(
            "Telegram's answer names no message", error_code="unreadable", platform=client.TITLE
        )
    return Sent(tuple(str(one) for one in ids), post_url(messages[0].get("chat"), int(ids[0] or 0)))


def post_url(chat: Any, message_id: int) -> str | None:
    """The link to a message: by the channel's name, else the form only its members can open."""
    if not isinstance(chat, Mapping):
        return None
    if chat.get("username"):
        return f"https://t.me/{chat['username']}/{message_id}"
    number = str(chat.get("id", ""))
    # Channels and supergroups are -100…; a private dialog or a basic group has no links to its messages.
    return f"https://t.me/c/{number[4:]}/{message_id}" if number.startswith("-100") else None


async def _put_media(target: Target, part: Part, payload: dict[str, Any]) -> list[client.File]:
    """Put the addresses of files into the payload, and return the files to upload with it."""
    if part.method == "sendMediaGroup":
        uploads, items = [], []
        for number, (item, described) in enumerate(zip(part.media, payload["media"], strict=True)):
            name = f"file{number}"
            if files.is_upload(item):
                uploads.append(await client.stored_file(target, item, name))
            items.append({**described, "media": f"attach://{name}" if files.is_upload(item) else item.url})
        payload["media"] = items
        return uploads
    if not part.media:
        return []
    item = part.media[0]
    field = files.FIELDS[item.kind]
    if files.is_upload(item):
        return [await client.stored_file(target, item, field)]
    payload[field] = item.url
    return []
