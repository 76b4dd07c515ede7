"""Which Bot API methods does the sandbox know? Importing this package registers them all."""

from bot.sandbox.methods import callbacks, chats, commands, edits, files, media, messages, removal, updates
from bot.sandbox.methods.registry import Context, find_method

__all__ = [
    "Context", "callbacks", "chats", "commands", "edits", "files", "find_method", "media", "messages", "removal", "updates",
]  # fmt: skip
