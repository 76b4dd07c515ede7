"""How much does a task cost? Somebody with a Telegram client who counts taps and what is typed."""

from typing import Any

from aiogram.types import Message

from tests.bot.person import Person


class Counting(Person):
    """Counts taps on buttons, and messages typed or sent; the path is told as one line."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.dispatcher, person.bot, person.telegram, person.user.id, "en")
        self.tapped, self.typed = 0, 0
        self.path: list[str] = []

    async def says(self, text: str, **fields: Any) -> None:
        self._typed(text if text.startswith("/") and len(text) < 20 else f"“{_short(text)}”")
        await super().says(text, **fields)

    async def sends_photo(self, file_id: str = "photo-1", *, size: int = 100, **fields: Any) -> None:
        self._typed("a photo")
        await super().sends_photo(file_id, size=size, **fields)

    async def taps(self, label: str, *, on: Message | None = None) -> None:
        self.tapped += 1
        message = on or self.screen_with(label)
        rows = message.reply_markup.inline_keyboard if message.reply_markup else []
        self.path.append(next(f"[{one.text}]" for row in rows for one in row if label in one.text))
        await super().taps(label, on=on)

    def _typed(self, what: str) -> None:
        self.typed += 1
        self.path.append(what)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 32 else f"{line[:31]}…"
