"""Does a message hold a secret? Told by its shape alone: tokens and keys look like nothing else."""

import re

from aiogram.types import Message

_BOT_TOKEN = re.compile(r"(?<![\w:-])\d{6,12}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])")
# Keys to platforms that nothing else looks like; an app password only where it stands alone.
_PLATFORM_KEY = re.compile(
    r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/[\w-]{20,}|(?<![\w.-])vk1\.a\.[\w-]{20,}"
    r"|(?<![\w-])(?:EAA|IGQ|IGA|THA)[A-Za-z0-9]{40,}|\Awhsec_[A-Za-z0-9+/=]{24,}\Z|\A[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\Z"
)
_MODEL_KEY = re.compile(r"(?<![\w-])sk-[A-Za-z0-9_-]{20,}")


def kind_of(message: Message) -> str | None:
    """Return which secret the message holds."""
    text = message.text or message.caption or ""
    if _BOT_TOKEN.search(text):
        return "bot_token"
    if _PLATFORM_KEY.search(text.strip()):
        return "platform_key"
    return "model_key" if _MODEL_KEY.search(text) else None
