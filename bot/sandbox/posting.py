"""May this bot write here, and who hears of it when somebody does?"""

import zlib
from typing import Any

from bot.sandbox.limits import CALLBACK_SECONDS
from bot.sandbox.model import BotAccount, Chat, Json, Post
from bot.sandbox.params import Params
from bot.sandbox.refusals import CHAT_NOT_FOUND, bad_request, forbidden
from bot.sandbox.rendering import (
    chat_body,
    has_right,
    member_body,
    message_body,
    page_message,
    reaction_counts,
)
from bot.sandbox.state import Sandbox

NOT_A_MEMBER = "bot is not a member of the channel chat"


def find_chat(sandbox: Sandbox, bot: BotAccount, reference: Any) -> Chat:
    """The chat a request names by number or `@username`. Raises `Refusal` 400 when there is none."""
    name = str(reference if reference is not None else "").strip()
    if not name:
        raise bad_request("chat_id is empty")
    if name.lstrip("-").isdigit() and int(name) > 0:
        if int(name) not in sandbox.people:
            raise bad_request(CHAT_NOT_FOUND)
        return sandbox.dialog(int(name), bot)
    chat = sandbox.channel(name)
    if chat is None:
        raise bad_request(CHAT_NOT_FOUND)
    return chat


def writable(sandbox: Sandbox, bot: BotAccount, reference: Any, right: str = "can_post_messages") -> Chat:
    """The same, where the bot may also do what `right` names. Raises `Refusal` 400 or 403."""
    chat = find_chat(sandbox, bot, reference)
    if chat.private:
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif str(bot.id) not in chat.admins:
        raise forbidden(NOT_A_MEMBER)
    elif not has_right(chat, bot, right):
        raise bad_request("need administrator rights in the channel chat")
    return chat


def replied_to(sandbox: Sandbox, chat: Chat, params: Params) -> int | None:
    """The message a new one answers. Raises `Refusal` 400 when it is gone and the request insists on it."""
    given = params.nested("reply_parameters", dict, "reply parameters") or {}
    lenient = given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if given and "message_id" not in given:
        raise bad_request('can\'t find field "message_id"')
    message_id = int(given.get("message_id") or params.integer("reply_to_message_id"))
    if not message_id:
        return None
    elsewhere = given.get("chat_id") not in {None, "", chat.id, str(chat.id), f"@{chat.username}"}
    if elsewhere or sandbox.post(chat, message_id) is None:
        if lenient:
            return None
        raise bad_request("message to be replied not found")
    return message_id


def place(
    sandbox: Sandbox, chat: Chat, author: int, content: Json, *, date: int | None = None, **more: Any
) -> Post:
    """Put a new message into a chat and tell everyone who sees it: the page, and the bots other than its author."""
    post = Post(
        chat.next_message_id, chat.key, author, sandbox.now() if date is None else date, content, **more
    )
    chat.next_message_id += 1
    if post.author == chat.id or (not chat.private and author == sandbox.owner.id):
        chat.last_read = post.id
    sandbox.posts[chat.key][post.id] = post
    sandbox.save(chat)
    sandbox.save(post)
    sandbox.drafts = {key: draft for key, draft in sandbox.drafts.items() if key[0] != chat.key}
    announce(sandbox, post, "message" if chat.private else "channel_post")
    if seen_by_page(sandbox, chat):
        sandbox.live.push("message", chat.id, message=page_message(sandbox, post))
    return post


def changed(sandbox: Sandbox, post: Post, editor: int, *, content_changed: bool = True) -> None:
    """Keep an edited message and tell everyone who sees it, except its editor."""
    chat = sandbox.chats[post.chat]
    if content_changed:
        post.edited = sandbox.now()
    sandbox.save(post)
    if content_changed:
        announce(sandbox, post, "edited_message" if chat.private else "edited_channel_post", editor)
    if seen_by_page(sandbox, chat):
        sandbox.live.push("edit", chat.id, message=page_message(sandbox, post))


def remove(sandbox: Sandbox, chat: Chat, posts: list[Post]) -> None:
    """Delete messages for everyone."""
    for post in posts:
        sandbox.forget(post)
        if post.id in chat.pinned:
            chat.pinned.remove(post.id)
            sandbox.save(chat)
    if posts and seen_by_page(sandbox, chat):
        sandbox.live.push("delete", chat.id, message_ids=[post.id for post in posts])


def announce(sandbox: Sandbox, post: Post, kind: str, editor: int | None = None) -> None:
    """Queue an update about a message for every bot in its chat but the one that caused it."""
    chat = sandbox.chats[post.chat]
    for bot in bots_in(sandbox, chat):
        if bot.id != (editor if editor is not None else post.author):
            sandbox.updates.add(bot, kind, message_body(sandbox, post, bot.id))


def bots_in(sandbox: Sandbox, chat: Chat) -> list[BotAccount]:
    """The bots that see a chat's messages."""
    ids = [chat.bot_id] if chat.private else [int(bot_id) for bot_id in chat.admins]
    return [sandbox.bots[bot_id] for bot_id in ids if bot_id in sandbox.bots]


def seen_by_page(sandbox: Sandbox, chat: Chat) -> bool:
    """Whether the owner's page shows this chat: all channels, and the owner's own dialog with the control bot."""
    control = sandbox.control.id if sandbox.control else None
    return not chat.private or (chat.id == sandbox.owner.id and chat.bot_id == control)


def pressed(sandbox: Sandbox, chat: Chat, post: Post, user_id: int, data: str) -> str:
    """Queue the press of a button for the bot that wrote the message; the query's id."""
    bot = sandbox.bots.get(post.author) or sandbox.bots.get(chat.bot_id or 0)
    if bot is None:
        raise bad_request("the message was not sent by a bot")
    query_id = sandbox.callbacks.open(bot.id, chat.key, user_id, sandbox.clock() + CALLBACK_SECONDS)
    body = {
        "id": query_id,
        "from": sandbox.account(user_id),
        "chat_instance": str(zlib.crc32(chat.key.encode())),
        "message": message_body(sandbox, post, bot.id),
        "data": data,
    }
    sandbox.updates.add(bot, "callback_query", body)
    return query_id


def reacted(sandbox: Sandbox, chat: Chat, post: Post, user_id: int, emoji: str | None) -> None:
    """Set or take back somebody's reaction; a channel's bots hear the counts, a dialog's bot who reacted."""
    before = [{"type": "emoji", "emoji": one} for one, people in post.reactions.items() if user_id in people]
    post.reactions = {
        one: [person for person in people if person != user_id] for one, people in post.reactions.items()
    }
    if emoji:
        post.reactions.setdefault(emoji, []).append(user_id)
    post.reactions = {one: people for one, people in post.reactions.items() if people}
    sandbox.save(post)
    about: Json = {"chat": chat_body(sandbox, chat), "message_id": post.id, "date": sandbox.now()}
    for bot in bots_in(sandbox, chat):
        if not chat.private:
            sandbox.updates.add(bot, "message_reaction_count", {**about, "reactions": reaction_counts(post)})
        elif user_id != bot.id:
            after = [{"type": "emoji", "emoji": emoji}] if emoji else []
            update = {
                **about,
                "user": sandbox.account(user_id),
                "old_reaction": before,
                "new_reaction": after,
            }
            sandbox.updates.add(bot, "message_reaction", update)
    if seen_by_page(sandbox, chat):
        sandbox.live.push("reaction", chat.id, message_id=post.id, reactions=reaction_counts(post))


def set_admin(sandbox: Sandbox, chat: Chat, bot: BotAccount, rights: Json | None) -> None:
    """Make a bot an administrator of a channel with these rights, or (`None`) put it out of the channel."""
    old = member_body(sandbox, chat, bot.id)
    if rights is None:
        chat.admins.pop(str(bot.id), None)
    else:
        chat.admins[str(bot.id)] = rights
    sandbox.save(chat)
    membership_changed(sandbox, chat, bot, old, member_body(sandbox, chat, bot.id))


def membership_changed(sandbox: Sandbox, chat: Chat, bot: BotAccount, old: Json, new: Json) -> None:
    """Tell a bot that its own place in a chat changed."""
    if old == new:
        return
    body = {
        "chat": chat_body(sandbox, chat),
        "from": sandbox.account(chat.id if chat.private else sandbox.owner.id),
        "date": sandbox.now(),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    sandbox.updates.add(bot, "my_chat_member", body)
