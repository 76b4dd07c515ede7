"""What does the local Telegram know right now, and how is one thing in it found?"""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.sandbox.callbacks import Callbacks
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.limits import FloodModel
from bot.sandbox.live import Live
from bot.sandbox.model import BotAccount, Chat, Draft, Json, Person, Post, StoredFile, dump, load
from bot.sandbox.storage import DiskStorage, MemoryStorage
from bot.sandbox.updates import Updates

OWNER_ID = 1_000_001
FULL_RIGHTS: Json = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": True, "can_restrict_members": True, "can_promote_members": False,
    "can_change_info": True, "can_invite_users": True, "can_post_stories": True, "can_edit_stories": True,
    "can_delete_stories": True, "can_send_welcome_messages": False, "can_post_messages": True,
    "can_edit_messages": True,
}  # fmt: skip


class Sandbox:
    """A local Telegram with one owner, one control bot, and as many channels and further bots as are added.

    `folder` keeps everything over a restart; without it all is forgotten. `clock` gives Unix seconds. Raises
    `ValueError` for a token that does not begin with a number and a colon, `FolderInUse` when another sandbox has
    the folder.
    """

    def __init__(
        self,
        token: str = "",
        *,
        bot_username: str = "nexus_sandbox_bot",
        bot_name: str = "NEXUS",
        owner_id: int = OWNER_ID,
        owner_name: str = "Вы",
        owner_language: str = "ru",
        folder: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if token:
            bot_number(token)
        self.clock = clock
        self.storage = DiskStorage(folder) if folder else MemoryStorage()
        self.people: dict[int, Person] = {}
        self.bots: dict[int, BotAccount] = {}
        self.chats: dict[str, Chat] = {}
        self.posts: dict[str, dict[int, Post]] = {}
        self.files: dict[str, StoredFile] = {}
        self.drafts: dict[tuple[str, int], Draft] = {}
        self.live, self.journal, self.faults, self.flood = Live(), Journal(), Faults(), FloodModel()
        self.callbacks = Callbacks()
        self.updates = Updates(self)
        self._load(self.storage.load())
        self.owner = Person(owner_id, owner_name, language_code=owner_language)
        self.people[owner_id] = self.owner
        self.save(self.owner)
        self.control = (
            self.add_bot(token, bot_username, bot_name) if token else next(iter(self.bots.values()), None)
        )
        self.storage.commit()

    def now(self) -> int:
        """Unix seconds, whole, as Telegram's dates are."""
        return int(self.clock())

    def add_bot(self, token: str, username: str = "", name: str = "") -> BotAccount:
        """Register a token; one that is known already keeps its bot. Raises `ValueError` for a malformed token."""
        number = bot_number(token)
        known = self.bots.get(number)
        bot = known or BotAccount(
            token, number, name or "Bot", username or f"bot{number}_bot", self._first_update()
        )
        bot.token = token
        bot.username, bot.first_name = username or bot.username, name or bot.first_name
        self.bots[bot.id] = bot
        self.save(bot)
        self.storage.commit()
        return bot

    def add_person(self, user_id: int, name: str = "", username: str | None = None) -> Person:
        """The person with this id, made up when nobody has it yet."""
        person = self.people.get(user_id)
        if person is None:
            person = self.people[user_id] = Person(user_id, name or f"User {user_id}", username)
            self.save(person)
        return person

    def add_channel(self, title: str, username: str | None = None, *, members: int = 1) -> Chat:
        """A new channel of the owner's; it has no administrators among the bots yet."""
        chat_id = -1_001_000_000_001 - sum(1 for chat in self.chats.values() if not chat.private)
        chat = Chat(str(chat_id), chat_id, "channel", title, username or None, members=members)
        self.chats[chat.key], self.posts[chat.key] = chat, {}
        self.save(chat)
        return chat

    def dialog(self, user_id: int, bot: BotAccount) -> Chat:
        """The private chat of a person with a bot, opened (but not started) when there is none."""
        key = f"{user_id}:{bot.id}"
        if key not in self.chats:
            person = self.add_person(user_id)
            self.chats[key] = Chat(key, user_id, "private", person.first_name, person.username, bot_id=bot.id)
            self.posts[key] = {}
            self.save(self.chats[key])
        return self.chats[key]

    def channel(self, reference: int | str) -> Chat | None:
        """The channel with this id or `@username`."""
        wanted = str(reference)
        for chat in self.chats.values():
            if chat.private:
                continue
            if chat.key == wanted or (chat.username and f"@{chat.username}".lower() == wanted.lower()):
                return chat
        return None

    def bot_by_token(self, token: str) -> BotAccount | None:
        """The bot whose token this is."""
        return next((bot for bot in self.bots.values() if secrets.compare_digest(bot.token, token)), None)

    def post(self, chat: Chat, message_id: int) -> Post | None:
        """The message with this number, unless it was deleted."""
        return self.posts[chat.key].get(message_id)

    def account(self, account_id: int) -> Json:
        """The Bot API `User` of a person or a bot."""
        bot = self.bots.get(account_id)
        return bot.user() if bot else self.add_person(account_id).user()

    def messages(self, chat_id: int | str) -> list[Post]:
        """The true state of a chat, oldest first: a channel by id or name, a dialog with the control bot by user id."""
        chat = self.channel(chat_id)
        if chat is None and self.control is not None:
            chat = self.chats.get(f"{chat_id}:{self.control.id}")
        return list(self.posts[chat.key].values()) if chat else []

    def save(self, record: Person | BotAccount | Chat | Post | StoredFile) -> None:
        """Put a record into the next commit."""
        self.storage.put(_key(record), dump(record))

    def forget(self, post: Post) -> None:
        """Delete a message for good."""
        self.posts[post.chat].pop(post.id, None)
        self.storage.put(_key(post), None)

    def close(self) -> None:
        """Release the files."""
        self.faults.clear()
        self.storage.close()

    def _first_update(self) -> int:
        return 100_000_000 + secrets.randbelow(800_000_000)

    def _load(self, records: dict[str, Any]) -> None:
        for key, value in records.items():
            kind = key.partition("/")[0]
            if kind == "person":
                self.people[value["id"]] = load(Person, value)
            elif kind == "bot":
                self.bots[value["id"]] = load(BotAccount, value)
            elif kind == "chat":
                self.chats[value["key"]] = load(Chat, value)
                self.posts.setdefault(value["key"], {})
            elif kind == "file":
                self.files[value["uid"]] = load(StoredFile, value)
            elif kind == "update":
                self.updates.restore(key, value)
            elif kind == "post":
                self.posts.setdefault(value["chat"], {})[value["id"]] = load(Post, value)
        for posts in self.posts.values():
            ordered = sorted(posts.items())
            posts.clear()
            posts.update(ordered)


def bot_number(token: str) -> int:
    """The bot's id, which a token begins with. Raises `ValueError` for what is not a token."""
    number, colon, secret = token.partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret):
        raise ValueError("a bot token is a number, a colon and a secret")
    return int(number)


def _key(record: Person | BotAccount | Chat | Post | StoredFile) -> str:
    match record:
        case Post():
            return f"post/{record.chat}/{record.id}"
        case Chat():
            return f"chat/{record.key}"
        case StoredFile():
            return f"file/{record.uid}"
        case BotAccount():
            return f"bot/{record.id}"
        case Person():
            return f"person/{record.id}"
