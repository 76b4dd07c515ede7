"""How does a demo fill the local Telegram before anybody opens it? Doing it twice changes nothing."""

from bot.sandbox.entities import format_text
from bot.sandbox.model import BotAccount, Chat, Post
from bot.sandbox.posting import place, set_admin
from bot.sandbox.state import Sandbox


def ensure_channel(
    sandbox: Sandbox,
    title: str,
    username: str,
    *,
    bots: tuple[BotAccount, ...] = (),
    members: int = 1,
    description: str | None = None,
) -> Chat:
    """The public channel with this username, made with these administrators when it is not there yet.

    Without `bots` the control bot administers it.
    """
    chat = sandbox.channel(f"@{username}")
    if chat is None:
        chat = sandbox.add_channel(title, username, members=members)
        chat.description = description
        place(sandbox, chat, sandbox.owner.id, {"channel_chat_created": True})
    for bot in bots or ((sandbox.control,) if sandbox.control else ()):
        if str(bot.id) not in chat.admins:
            set_admin(sandbox, chat, bot, {})
    sandbox.storage.commit()
    return chat


def add_history(sandbox: Sandbox, chat: Chat, bot: BotAccount, html: str, date: int) -> Post:
    """A post that was published at `date` (Unix seconds) by this bot. Raises `Refusal` for text Telegram would refuse."""
    text, entities = format_text(html, "HTML", None)
    content = {"text": text, "entities": entities} if entities else {"text": text}
    post = place(sandbox, chat, bot.id, content, date=date)
    chat.last_read = post.id
    sandbox.save(chat)
    sandbox.storage.commit()
    return post
