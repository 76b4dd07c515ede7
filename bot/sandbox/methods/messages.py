"""How does a bot write, copy and forward messages, and show that it is busy?"""

from typing import Any

from bot.sandbox.drafts import grow_draft
from bot.sandbox.entities import format_text
from bot.sandbox.keyboards import read_markup
from bot.sandbox.limits import MESSAGE_UNITS, utf16_units
from bot.sandbox.methods.content import check_flood, read_caption, read_options, read_text
from bot.sandbox.methods.registry import Context, method
from bot.sandbox.model import Chat, Draft, Json, Post
from bot.sandbox.posting import find_chat, place, replied_to, seen_by_page, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import chat_body, message_body
from bot.sandbox.rich import read_rich
from bot.sandbox.state import Sandbox

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@method("sendMessage")
def send_message(context: Context) -> Json:
    """A text message."""
    params, sandbox = context.params, context.sandbox
    content = read_text(params)
    chat = writable(sandbox, context.bot, params.fields.get("chat_id"))
    markup = read_markup(params, private=chat.private)
    reply_to = replied_to(sandbox, chat, params)
    check_flood(context, chat)
    content |= read_options(params)
    post = place(sandbox, chat, context.bot.id, content, markup=markup, reply_to=reply_to)
    return message_body(sandbox, post, context.bot.id)


@method("sendRichMessage")
def send_rich_message(context: Context) -> Json:
    """A message of blocks: paragraphs, headings, lists, tables."""
    params, sandbox = context.params, context.sandbox
    content = read_rich(params)
    chat = writable(sandbox, context.bot, params.fields.get("chat_id"))
    markup = read_markup(params, private=chat.private)
    reply_to = replied_to(sandbox, chat, params)
    check_flood(context, chat)
    content |= read_options(params)
    post = place(sandbox, chat, context.bot.id, content, markup=markup, reply_to=reply_to)
    return message_body(sandbox, post, context.bot.id)


@method("sendMessageDraft")
def send_message_draft(context: Context) -> bool:
    """A text that is still being written; it vanishes when the message comes."""
    params, sandbox = context.params, context.sandbox
    chat = writable(sandbox, context.bot, params.fields.get("chat_id"))
    if not chat.private:
        raise bad_request("drafts can be sent to private chats only")
    draft_id = params.integer("draft_id")
    if not draft_id:
        raise bad_request("DRAFT_ID_INVALID")
    text, entities = format_text(
        params.text("text"), params.text("parse_mode") or None, params.nested("entities", list, "entities")
    )
    if utf16_units(text) > MESSAGE_UNITS:
        raise bad_request("message is too long")
    can_stop, keep = params.flag("can_stop"), params.flag("keep_on_stop")
    grow_draft(sandbox, chat, Draft(draft_id, text, entities, can_stop=can_stop, keep_on_stop=keep))
    return True


@method("sendChatAction")
def send_chat_action(context: Context) -> bool:
    """The "is typing…" line."""
    chat = writable(context.sandbox, context.bot, context.params.fields.get("chat_id"))
    action = context.params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    if seen_by_page(context.sandbox, chat):
        context.sandbox.live.push("typing", chat.id, action=action)
    return True


@method("copyMessage")
def copy_message(context: Context) -> Json:
    """The same content as a new message, perhaps under another caption."""
    params, sandbox = context.params, context.sandbox
    original = _source(context, "copy")
    if original.pinned_message is not None:
        raise bad_request("the message can't be copied")
    chat = writable(sandbox, context.bot, params.fields.get("chat_id"))
    left_behind = {"forward_origin", "media_group_id"}
    content = {name: value for name, value in original.content.items() if name not in left_behind}
    if original.media is not None and params.has("caption"):
        for name in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(name, None)
        content |= read_caption(params)
    markup = read_markup(params, private=chat.private)
    reply_to = replied_to(sandbox, chat, params)
    check_flood(context, chat)
    content |= read_options(params)
    post = place(
        sandbox, chat, context.bot.id, content, media=original.media, markup=markup, reply_to=reply_to
    )
    return {"message_id": post.id}


@method("forwardMessage")
def forward_message(context: Context) -> Json:
    """The same message with a note where it came from."""
    sandbox = context.sandbox
    original = _source(context, "forward")
    if original.pinned_message is not None or original.content.get("has_protected_content"):
        raise bad_request("the message can't be forwarded")
    chat = writable(sandbox, context.bot, context.params.fields.get("chat_id"))
    check_flood(context, chat)
    content = forwarded_content(sandbox, original) | read_options(context.params)
    post = place(sandbox, chat, context.bot.id, content, media=original.media)
    return message_body(sandbox, post, context.bot.id)


def forwarded_content(sandbox: Sandbox, original: Post) -> Json:
    """A message's content as its forwarded copy has it."""
    content = {name: value for name, value in original.content.items() if name != "media_group_id"}
    content.setdefault("forward_origin", origin_of(sandbox, original))
    return content


def origin_of(sandbox: Sandbox, post: Post) -> Json:
    """The Bot API `MessageOrigin` of a message."""
    chat: Chat = sandbox.chats[post.chat]
    if chat.private:
        return {"type": "user", "date": post.date, "sender_user": sandbox.account(post.author)}
    return {"type": "channel", "date": post.date, "chat": chat_body(sandbox, chat), "message_id": post.id}


def _source(context: Context, verb: str) -> Post:
    params = context.params
    chat = find_chat(context.sandbox, context.bot, params.fields.get("from_chat_id"))
    found: Any = context.sandbox.post(chat, params.integer("message_id"))
    visible = chat.private or str(context.bot.id) in chat.admins
    if found is None or not visible:
        raise bad_request(f"message to {verb} not found")
    post: Post = found
    return post
