"""How does the local Telegram look when the trial run opens? A control bot, and a channel with its past posts."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import Sandbox
from bot.sandbox.posting import place, set_admin
from bot.sandbox.state import FULL_RIGHTS
from core.demo import story
from core.demo.past import PAST
from core.demo.seeding import Posted


def open_sandbox(folder: Path) -> Sandbox:
    """Open the local Telegram kept in ``folder``; its control bot gets a token of its own the first time."""
    sandbox = Sandbox(folder=folder)
    if sandbox.control is None:
        token = f"{7_000_000_000 + secrets.randbelow(900_000_000)}:{secrets.token_urlsafe(26)}"
        sandbox.control = sandbox.add_bot(token, "nexus_demo_bot", "NEXUS")
    return sandbox


def control_token(sandbox: Sandbox) -> str:
    """Return the control bot's token."""
    if sandbox.control is None:
        raise RuntimeError("open_sandbox always registers a control bot")
    return sandbox.control.token


def tell_the_past(sandbox: Sandbox, now: datetime) -> tuple[int, list[Posted]]:
    """Return the channel's id and where its past posts stand, making them the first time.

    Channel and posts are one commit of the sandbox: after a crash they are there whole or not at all.
    """
    chat = sandbox.channel(f"@{story.CHANNEL_NAME}")
    bot = sandbox.control
    if chat is None and bot is not None:
        chat = sandbox.add_channel(story.CHANNEL_TITLE, story.CHANNEL_NAME, members=story.MEMBERS)
        first = PAST[0].at(now)
        place(
            sandbox,
            chat,
            sandbox.owner.id,
            {"channel_chat_created": True},
            date=int(first.timestamp()) - 3600,
        )
        set_admin(sandbox, chat, bot, dict(FULL_RIGHTS))
        for told in PAST:
            post = place(sandbox, chat, bot.id, {"text": told.text}, date=int(told.at(now).timestamp()))
            # The readers whose reactions the story tells of: a further one is counted on top of theirs.
            post.reactions = {"❤": list(range(1, told.likes + 1))}
            sandbox.save(post)
        chat.last_read = max(sandbox.posts[chat.key])
        sandbox.save(chat)
        sandbox.storage.commit()
    if chat is None:
        raise RuntimeError("open_sandbox always registers a control bot")
    texts = {told.text for told in PAST}
    posted = [
        Posted(
            post.id, f"https://t.me/{story.CHANNEL_NAME}/{post.id}", datetime.fromtimestamp(post.date, UTC)
        )
        for post in sandbox.messages(chat.id)
        if post.content.get("text") in texts
    ]
    return chat.id, posted[: len(PAST)]
