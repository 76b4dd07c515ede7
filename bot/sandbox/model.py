"""What does the sandbox remember: people, bots, chats, messages, files?"""

from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]


@dataclass
class Person:
    """A human account."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str = "ru"

    def user(self) -> Json:
        """The Bot API `User` object."""
        body: Json = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }
        if self.username:
            body["username"] = self.username
        return body


@dataclass
class Draft:
    """A message that a bot is still writing; it is not kept over a restart."""

    draft_id: int
    text: str
    entities: list[Json]
    can_stop: bool = False
    keep_on_stop: bool = False
    stopped: bool = False


@dataclass
class Webhook:
    """Where a bot's updates are posted, and how that goes."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    failures: int = 0
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class BotAccount:
    """A bot: its token, its settings and the number its next update gets."""

    token: str
    id: int
    first_name: str
    username: str
    next_update_id: int
    allowed_updates: list[str] | None = None
    webhook: Webhook | None = None
    commands: dict[str, list[Json]] = field(default_factory=dict)
    """Command lists by `scope/language`."""
    texts: dict[str, str] = field(default_factory=dict)
    """Descriptions by `kind/language`."""
    menu_buttons: dict[str, Json] = field(default_factory=dict)
    """Menu buttons by chat id, `default` for all others."""

    def user(self) -> Json:
        """The Bot API `User` object."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass
class Chat:
    """A private dialog of one person with one bot, or a channel. `key` is unique here; `id` is what Telegram shows."""

    key: str
    id: int
    type: str
    title: str
    username: str | None = None
    bot_id: int | None = None
    """The bot of a private dialog."""
    started: bool = False
    blocked: bool = False
    admins: dict[str, Json] = field(default_factory=dict)
    """Rights of the bots that administer a channel, by bot id."""
    members: int = 1
    next_message_id: int = 1
    pinned: list[int] = field(default_factory=list)
    invite_links: list[Json] = field(default_factory=list)
    description: str | None = None
    last_read: int = 0

    @property
    def private(self) -> bool:
        """Whether this is a dialog of one person with one bot."""
        return self.type == "private"


@dataclass
class Post:
    """A message. `content` holds Bot API fields that are the same for every reader; file ids differ per bot."""

    id: int
    chat: str
    author: int
    date: int
    content: Json = field(default_factory=dict)
    media: Json | None = None
    """`kind`, `file` (a unique id) and what the kind needs besides the file's own properties."""
    reply_to: int | None = None
    markup: Json | None = None
    edited: int | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    pinned_message: int | None = None


@dataclass
class StoredFile:
    """An uploaded file; its bytes are kept apart under `uid`."""

    uid: str
    kind: str
    size: int
    name: str
    mime: str
    width: int = 0
    height: int = 0
    duration: int = 0


def dump(record: Any) -> Json:
    """A record as plain JSON."""
    return asdict(record)


Kept = TypeVar("Kept", Person, Chat, Post, StoredFile, BotAccount, Webhook)


def load(kind: type[Kept], body: Json) -> Kept:
    """The reverse of `dump`. Fields that another version of the sandbox wrote and this one does not have are left out."""
    known = {name: value for name, value in body.items() if name in kind.__dataclass_fields__}
    if isinstance(known.get("webhook"), dict):
        known["webhook"] = load(Webhook, known["webhook"])
    return kind(**known)
