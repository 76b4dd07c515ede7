"""How does a chat look in the page's list, and who tells the page that it changed?"""

from bot.sandbox.model import Chat, Json
from bot.sandbox.posting import seen_by_page
from bot.sandbox.rendering import link_of, page_message
from bot.sandbox.state import Sandbox

COLORS = ("#e17076", "#eda86c", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae")


def summary(sandbox: Sandbox, chat: Chat) -> Json:
    """A chat's line in the list; the owner's dialog bears the bot's name, as in Telegram."""
    posts = sandbox.posts[chat.key]
    last = posts[max(posts)] if posts else None
    bot = sandbox.bots.get(chat.bot_id) if chat.bot_id is not None else None
    return {
        "id": chat.id,
        "type": chat.type,
        "title": bot.first_name if bot else chat.title,
        "username": bot.username if bot else chat.username,
        "avatar_color": COLORS[abs(chat.bot_id or chat.id) % len(COLORS)],
        "unread": sum(
            1 for one in posts.values() if one.id > chat.last_read and one.author != sandbox.owner.id
        ),
        "last_message": page_message(sandbox, last) if last else None,
        "member_count": 2 if chat.private else chat.members,
        "bots": [int(bot_id) for bot_id in chat.admins],
        "description": chat.description,
        "pinned": chat.pinned,
        "started": chat.started,
        "blocked": chat.blocked,
        "link": None if chat.private else (link_of(chat, 0) or "").removesuffix("/0"),
    }


def chat_changed(sandbox: Sandbox, chat: Chat) -> None:
    """Tell the page that a chat's own properties changed."""
    if seen_by_page(sandbox, chat):
        sandbox.live.push("chat", chat.id, chat=summary(sandbox, chat))
