"""How does a message, a chat or a member look in the Bot API, to one bot or to the chat page?"""

from typing import Any

from bot.sandbox.filing import file_id
from bot.sandbox.model import BotAccount, Chat, Json, Post
from bot.sandbox.state import FULL_RIGHTS, Sandbox


def chat_body(sandbox: Sandbox, chat: Chat) -> Json:
    """The Bot API `Chat` object."""
    body: Json = {"id": chat.id, "type": chat.type}
    if chat.private:
        person = sandbox.add_person(chat.id)
        body["first_name"] = person.first_name
        if person.username:
            body["username"] = person.username
        return body
    body["title"] = chat.title
    if chat.username:
        body["username"] = chat.username
    return body


def link_of(chat: Chat, message_id: int) -> str | None:
    """The address under which a channel's post can be opened."""
    if chat.private:
        return None
    place = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    return f"https://t.me/{place}/{message_id}"


def message_body(sandbox: Sandbox, post: Post, bot_id: int, *, with_reply: bool = True) -> Json:
    """The Bot API `Message` object as the bot with this id sees it."""
    chat = sandbox.chats[post.chat]
    body: Json = {"message_id": post.id, "date": post.date, "chat": chat_body(sandbox, chat)}
    if chat.private:
        body["from"] = sandbox.account(post.author)
    else:
        body["sender_chat"] = body["chat"]
    body |= post.content
    body |= media_body(sandbox, post, bot_id)
    if post.edited:
        body["edit_date"] = post.edited
    if post.markup and "inline_keyboard" in post.markup:
        body["reply_markup"] = post.markup
    if with_reply and post.reply_to is not None:
        replied = sandbox.post(chat, post.reply_to)
        if replied is not None:
            body["reply_to_message"] = message_body(sandbox, replied, bot_id, with_reply=False)
    if post.pinned_message is not None:
        pinned = sandbox.post(chat, post.pinned_message)
        body["pinned_message"] = (
            message_body(sandbox, pinned, bot_id, with_reply=False)
            if pinned
            else {"chat": body["chat"], "message_id": post.pinned_message, "date": 0}
        )
    return body


def media_body(sandbox: Sandbox, post: Post, bot_id: int) -> Json:
    """The fields that describe what is attached to a message."""
    if post.media is None:
        return {}
    media = dict(post.media)
    kind, stored = media.pop("kind"), sandbox.files[media.pop("file")]
    common: Json = {
        "file_id": file_id(bot_id, stored.uid),
        "file_unique_id": stored.uid,
        "file_size": stored.size,
    }
    if kind == "photo":
        return {"photo": [{**common, "width": stored.width, "height": stored.height}]}
    common |= {"mime_type": stored.mime} | media
    if kind in {"video", "animation"}:
        common |= {"width": stored.width, "height": stored.height}
    if kind != "document":
        common["duration"] = stored.duration
    if kind != "voice":
        common["file_name"] = stored.name
    body: Json = {kind: common}
    if kind == "animation":
        body["document"] = {
            name: common[name] for name in common if name not in {"width", "height", "duration"}
        }
    return body


def page_message(sandbox: Sandbox, post: Post) -> Json:
    """The message for the chat page: the Bot API object with `out`, `views`, `reactions` and the post's `link`."""
    chat = sandbox.chats[post.chat]
    body = message_body(sandbox, post, chat.bot_id or (sandbox.control.id if sandbox.control else 0))
    body["out"] = chat.private and post.author == chat.id
    body["views"] = None if chat.private else min(chat.members, 1 + max(0, sandbox.now() - post.date) // 5)
    body["reactions"] = reaction_counts(post)
    body["link"] = link_of(chat, post.id)
    if post.markup and "inline_keyboard" not in post.markup:
        body["reply_markup"] = post.markup
    return body


def reaction_counts(post: Post) -> list[Json]:
    """`ReactionCount` objects, the most frequent first."""
    counts = [
        {"type": {"type": "emoji", "emoji": emoji}, "total_count": len(people)}
        for emoji, people in post.reactions.items()
        if people
    ]
    return sorted(counts, key=lambda count: -int(str(count["total_count"])))


def member_body(sandbox: Sandbox, chat: Chat, user_id: int) -> Json:
    """The Bot API `ChatMember` object of a person or a bot."""
    user = sandbox.account(user_id)
    if not chat.private and user_id == sandbox.owner.id:
        return {"status": "creator", "user": user, "is_anonymous": False}
    rights = chat.admins.get(str(user_id))
    if rights is not None:
        return {"status": "administrator", "user": user, **FULL_RIGHTS, **rights}
    member = chat.private and user_id in {chat.id, chat.bot_id}
    return {"status": "member" if member else "left", "user": user}


def has_right(chat: Chat, bot: BotAccount, right: str) -> bool:
    """Whether a bot may do something in a channel."""
    rights: dict[str, Any] | None = chat.admins.get(str(bot.id))
    return rights is not None and bool({**FULL_RIGHTS, **rights}.get(right))
