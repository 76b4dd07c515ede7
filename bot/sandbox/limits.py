"""Which sizes and rates does Telegram refuse?"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

MESSAGE_UNITS = 4096
"""UTF-16 code units of a message's text, counted after its markup is parsed."""
CAPTION_UNITS = 1024
"""UTF-16 code units of a caption, counted after its markup is parsed."""
CALLBACK_DATA_BYTES = 64
CALLBACK_ANSWER_UNITS = 200
COPY_TEXT_UNITS = 256
ALBUM_MIN, ALBUM_MAX = 2, 10
PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
REQUEST_BYTES = UPLOAD_BYTES + 1024 * 1024
"""A whole request: one largest upload and its fields. An album may not be larger than this either."""
PHOTO_SIDES_SUM = 10_000
PHOTO_SIDES_RATIO = 20
BUTTONS_TOTAL = 100
COMMANDS_TOTAL = 100
RICH_CHARACTERS, RICH_BLOCKS, RICH_DEPTH, RICH_COLUMNS, RICH_BUTTONS = 32_768, 500, 16, 20, 8
"""Of a rich message: its whole text, its blocks, how deep they nest, a table's columns, a row's buttons."""
DELETE_AT_ONCE = 100
UPDATES_AT_ONCE = 100
LONG_POLL_SECONDS = 50
CALLBACK_SECONDS = 15 * 60


def utf16_units(text: str) -> int:
    """Length of `text` as Telegram counts it: one for most characters, two for those beyond U+FFFF."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def split_long_text(text: str, limit: int = MESSAGE_UNITS) -> Iterator[str]:
    """Cut a text the way Telegram's own applications do when a person pastes too much.

    The cut falls on a line break or a space when one stands in the last quarter, and never inside a surrogate pair.
    """
    while utf16_units(text) > limit:
        end, units = 0, 0
        for character in text:
            units += 2 if character > "\uffff" else 1
            if units > limit:
                break
            end += 1
        for separator in ("\n", " "):
            at = text.rfind(separator, end * 3 // 4, end)
            if at > 0:
                end = at + 1
                break
        yield text[:end]
        text = text[end:]
    if text:
        yield text


@dataclass
class FloodModel:
    """Telegram's published sending limits; off until `enabled` is set, because most tests are about something else."""

    enabled: bool = False
    private_burst: int = 5
    """Messages a private chat takes at once before the limit of one a second applies."""
    channel_per_minute: int = 20
    overall_per_second: int = 30
    _sent: dict[str, deque[float]] = field(default_factory=dict)

    def retry_after(self, bot_id: int, chat_key: str, *, private: bool, now: float) -> int | None:
        """Seconds to wait before this message may be sent, or nothing when it may be sent now (and is counted)."""
        if not self.enabled:
            return None
        window, allowed = (
            (self.private_burst, self.private_burst) if private else (60, self.channel_per_minute)
        )
        waits = [
            self._wait(f"{bot_id}/{chat_key}", now, float(window), allowed),
            self._wait(str(bot_id), now, 1.0, self.overall_per_second),
        ]
        longest = max(waits)
        if longest > 0:
            return max(1, round(longest + 0.5))
        for key in (f"{bot_id}/{chat_key}", str(bot_id)):
            self._sent[key].append(now)
        return None

    def _wait(self, key: str, now: float, window: float, allowed: int) -> float:
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now - window:
            sent.popleft()
        return 0.0 if len(sent) < allowed else sent[0] + window - now
