"""A local Telegram: try NEXUS without a token, and test it against refusals and failures.

Needs aiohttp alone, and knows nothing of NEXUS: whoever talks to it does so over HTTP, as to api.telegram.org.
"""

from bot.sandbox.seeding import add_history, ensure_channel
from bot.sandbox.server import SandboxServer, attach, require_loopback
from bot.sandbox.state import OWNER_ID, Sandbox
from bot.sandbox.storage import FolderInUse

__all__ = [
    "OWNER_ID",
    "FolderInUse",
    "Sandbox",
    "SandboxServer",
    "add_history",
    "attach",
    "ensure_channel",
    "require_loopback",
]
