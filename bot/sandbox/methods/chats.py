"""What may a bot ask about itself, a chat and its members?"""

import secrets

from bot.sandbox.methods.registry import Context, method
from bot.sandbox.model import Chat, Json
from bot.sandbox.posting import NOT_A_MEMBER, find_chat
from bot.sandbox.refusals import bad_request, forbidden
from bot.sandbox.rendering import chat_body, has_right, member_body, message_body

GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@method("getMe")
def get_me(context: Context) -> Json:
    """The bot itself."""
    return {
        **context.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getChat")
def get_chat(context: Context) -> Json:
    """A chat in full."""
    sandbox = context.sandbox
    chat = find_chat(sandbox, context.bot, context.params.fields.get("chat_id"))
    if not chat.private and not chat.username and str(context.bot.id) not in chat.admins:
        raise forbidden(NOT_A_MEMBER)
    body = chat_body(sandbox, chat)
    body |= {"accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if chat.username:
        body["active_usernames"] = [chat.username]
    if chat.description:
        body["description"] = chat.description
    pinned = sandbox.post(chat, chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        body["pinned_message"] = message_body(sandbox, pinned, context.bot.id, with_reply=False)
    return body


@method("getChatMember")
def get_chat_member(context: Context) -> Json:
    """What somebody is in a chat. Only administrators of a channel may ask about others."""
    chat = find_chat(context.sandbox, context.bot, context.params.fields.get("chat_id"))
    user_id = context.params.integer("user_id")
    known = user_id in context.sandbox.people or user_id in context.sandbox.bots
    if not known:
        raise bad_request("user not found" if user_id else "invalid user_id specified")
    _see_members(context, chat, user_id)
    return member_body(context.sandbox, chat, user_id)


@method("getChatAdministrators")
def get_chat_administrators(context: Context) -> list[Json]:
    """The channel's creator and the bots that administer it."""
    chat = find_chat(context.sandbox, context.bot, context.params.fields.get("chat_id"))
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    _see_members(context, chat)
    ids = [context.sandbox.owner.id, *(int(bot_id) for bot_id in chat.admins)]
    return [member_body(context.sandbox, chat, one) for one in ids]


@method("getChatMemberCount")
def get_chat_member_count(context: Context) -> int:
    """How many people read the chat."""
    chat = find_chat(context.sandbox, context.bot, context.params.fields.get("chat_id"))
    if chat.private:
        return 2
    if not chat.username and str(context.bot.id) not in chat.admins:
        raise forbidden(NOT_A_MEMBER)
    return chat.members


@method("createChatInviteLink")
def create_chat_invite_link(context: Context) -> Json:
    """A further invitation, which may have a name, an end and a limit."""
    params, sandbox = context.params, context.sandbox
    chat = find_chat(sandbox, context.bot, params.fields.get("chat_id"))
    if chat.private:
        raise bad_request("can't invite members to a private chat")
    if str(context.bot.id) not in chat.admins:
        raise forbidden(NOT_A_MEMBER)
    if not has_right(chat, context.bot, "can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    link: Json = {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": context.bot.user(),
        "creates_join_request": params.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
    }
    if params.text("name"):
        link["name"] = params.text("name")[:32]
    for name in ("expire_date", "member_limit"):
        if params.integer(name):
            link[name] = params.integer(name)
    chat.invite_links.append(link)
    sandbox.save(chat)
    return link


def _see_members(context: Context, chat: Chat, about: int | None = None) -> None:
    if not chat.private and str(context.bot.id) not in chat.admins and about != context.bot.id:
        raise bad_request("member list is inaccessible")
