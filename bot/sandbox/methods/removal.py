"""How does a bot delete, pin and unpin messages?"""

from bot.sandbox.chat_list import chat_changed
from bot.sandbox.limits import DELETE_AT_ONCE
from bot.sandbox.methods.registry import Context, method
from bot.sandbox.model import Chat, Post
from bot.sandbox.posting import NOT_A_MEMBER, find_chat, place, remove
from bot.sandbox.refusals import bad_request, forbidden
from bot.sandbox.rendering import has_right

DELETABLE_SECONDS = 48 * 3600


@method("deleteMessage")
def delete_message(context: Context) -> bool:
    """One message."""
    chat = _chat(context)
    post = context.sandbox.post(chat, context.params.integer("message_id"))
    if post is None:
        raise bad_request("message to delete not found")
    if not _deletable(context, chat, post):
        raise bad_request("message can't be deleted")
    remove(context.sandbox, chat, [post])
    return True


@method("deleteMessages")
def delete_messages(context: Context) -> bool:
    """Up to a hundred messages; those that are gone already are passed over."""
    chat = _chat(context)
    ids = context.params.nested("message_ids", list, "message ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > DELETE_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [post for one in ids if (post := context.sandbox.post(chat, int(one))) is not None]
    if not all(_deletable(context, chat, post) for post in found):
        raise bad_request("message can't be deleted")
    remove(context.sandbox, chat, found)
    return True


@method("pinChatMessage")
def pin_chat_message(context: Context) -> bool:
    """Pin a message; a note about it appears in the chat."""
    sandbox = context.sandbox
    chat = _pinnable(context)
    post = sandbox.post(chat, context.params.integer("message_id"))
    if post is None:
        raise bad_request("message to pin not found")
    if post.id in chat.pinned:
        return True
    chat.pinned.append(post.id)
    place(sandbox, chat, context.bot.id, {}, pinned_message=post.id)
    chat_changed(sandbox, chat)
    return True


@method("unpinChatMessage")
def unpin_chat_message(context: Context) -> bool:
    """Unpin one message, or the latest pinned one."""
    sandbox = context.sandbox
    chat = _pinnable(context)
    message_id = context.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    sandbox.save(chat)
    chat_changed(sandbox, chat)
    return True


def _chat(context: Context) -> Chat:
    chat = find_chat(context.sandbox, context.bot, context.params.fields.get("chat_id"))
    if not chat.private and str(context.bot.id) not in chat.admins:
        raise forbidden(NOT_A_MEMBER)
    return chat


def _pinnable(context: Context) -> Chat:
    chat = _chat(context)
    if not chat.private and not has_right(chat, context.bot, "can_edit_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _deletable(context: Context, chat: Chat, post: Post) -> bool:
    if chat.private:
        return context.sandbox.now() - post.date < DELETABLE_SECONDS
    if post.author == context.bot.id and has_right(chat, context.bot, "can_post_messages"):
        return True
    return has_right(chat, context.bot, "can_delete_messages")
