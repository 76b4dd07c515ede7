"""What can a person do in a chat: write, press, forward, edit, react, delete?"""

import re
import secrets

from bot.sandbox.chat_list import chat_changed
from bot.sandbox.entities import format_text, is_blank
from bot.sandbox.filing import store_upload
from bot.sandbox.limits import CAPTION_UNITS, split_long_text, utf16_units
from bot.sandbox.methods.messages import forwarded_content
from bot.sandbox.model import Chat, Json, Post
from bot.sandbox.params import Upload
from bot.sandbox.pictures import check_photo, picture_size
from bot.sandbox.posting import changed, membership_changed, place
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.rendering import member_body
from bot.sandbox.state import Sandbox

ALBUM_MAX = 10


def write(sandbox: Sandbox, chat: Chat, author: int, text: str, reply_to: int | None = None) -> list[Post]:
    """A person's text; one that is too long becomes several messages, as in Telegram's applications."""
    pieces = [piece for piece in split_long_text(text) if not is_blank(piece)]
    if not pieces:
        raise bad_request("message text is empty")
    _start(sandbox, chat)
    posts: list[Post] = []
    for piece in pieces:
        posts.append(place(sandbox, chat, author, _text(piece), reply_to=reply_to if not posts else None))
    return posts


def attach(
    sandbox: Sandbox,
    chat: Chat,
    author: int,
    uploads: list[Upload],
    caption: str,
    *,
    as_document: bool,
    as_voice: bool,
    reply_to: int | None = None,
) -> list[Post]:
    """A person's files: photos and videos (several are an album), documents, or a voice message.

    A caption longer than 1024 units follows as a message of its own, so that nothing of it is lost.
    """
    if not uploads or len(uploads) > ALBUM_MAX:
        raise bad_request("one to ten files can be sent at once")
    kinds = ["voice" if as_voice else "document" if as_document else guess_kind(upload) for upload in uploads]
    if len(set(kinds)) > 1 and set(kinds) - {"photo", "video"}:
        kinds = ["document"] * len(uploads)
    stored = [store_upload(sandbox, upload, kind) for upload, kind in zip(uploads, kinds, strict=True)]
    _start(sandbox, chat)
    group: Json = {}
    if len(uploads) > 1 and "voice" not in kinds:
        group = {"media_group_id": str(secrets.randbelow(9 * 10**16) + 10**16)}
    fits = utf16_units(caption) <= CAPTION_UNITS
    posts: list[Post] = []
    for kind, file in zip(kinds, stored, strict=True):
        content = {**group, **(_caption(caption) if fits and not posts else {})}
        media = {"kind": kind, "file": file.uid}
        posts.append(place(sandbox, chat, author, content, media=media, reply_to=None if posts else reply_to))
    if not fits:
        posts += write(sandbox, chat, author, caption)
    return posts


def guess_kind(upload: Upload) -> str:
    """What Telegram's applications would make of a file by themselves."""
    found = picture_size(upload.data)
    if found and found[0] != "image/gif":
        try:
            check_photo(upload.data)
        except Refusal:
            return "document"
        return "photo"
    if found or upload.mime == "image/gif":
        return "animation"
    for prefix, kind in (("video/", "video"), ("audio/", "audio")):
        if upload.mime.startswith(prefix):
            return kind
    return "document"


def forward(sandbox: Sandbox, chat: Chat, author: int, posts: list[Post]) -> list[Post]:
    """Messages passed on with a note where they came from; buttons stay behind, an album stays an album."""
    _start(sandbox, chat)
    groups: dict[str, str] = {}
    made: list[Post] = []
    for post in posts:
        content = forwarded_content(sandbox, post)
        group = post.content.get("media_group_id")
        if group:
            content["media_group_id"] = groups.setdefault(group, str(secrets.randbelow(9 * 10**16) + 10**16))
        made.append(place(sandbox, chat, author, content, media=post.media))
    return made


def edit(sandbox: Sandbox, chat: Chat, author: int, message_id: int, text: str) -> Post:
    """A person's own message, changed; its caption when there is a file in it."""
    post = sandbox.post(chat, message_id)
    if post is None or post.author != author:
        raise bad_request("message can't be edited")
    names = ("text", "entities", "caption", "caption_entities")
    content = {name: value for name, value in post.content.items() if name not in names}
    post.content = content | (_caption(text) if post.media else _text(text))
    changed(sandbox, post, author)
    return post


def block(sandbox: Sandbox, chat: Chat, blocked: bool) -> None:
    """Block the bot of a dialog, or let it write again."""
    if not chat.private or chat.bot_id not in sandbox.bots:
        raise bad_request("only a bot's dialog can be blocked")
    bot = sandbox.bots[chat.bot_id]
    states: list[Json] = []
    for state in (chat.blocked, blocked):
        member = member_body(sandbox, chat, bot.id)
        states.append({"status": "kicked", "user": member["user"], "until_date": 0} if state else member)
    chat.blocked = blocked
    sandbox.save(chat)
    membership_changed(sandbox, chat, bot, *states)
    chat_changed(sandbox, chat)


def _start(sandbox: Sandbox, chat: Chat) -> None:
    """The first thing a person writes opens the dialog for the bot; writing also ends a block."""
    if chat.private and chat.blocked:
        block(sandbox, chat, False)
    if chat.private and not chat.started:
        chat.started = True
        sandbox.save(chat)


def _text(text: str) -> Json:
    clean, entities = format_text(_valid(text), None, None)
    if not clean:
        raise bad_request("message text is empty")
    return {"text": clean, "entities": entities} if entities else {"text": clean}


def _caption(text: str) -> Json:
    clean, entities = format_text(_valid(text), None, None)
    if utf16_units(clean) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    if not clean:
        return {}
    return {"caption": clean, "caption_entities": entities} if entities else {"caption": clean}


def _valid(text: str) -> str:
    """Browsers can send half of a surrogate pair; Telegram's applications cannot."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)
