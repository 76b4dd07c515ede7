"""A local Telegram: try NEXUS without a token, and test it against refusals and failures.

Needs aiohttp alone, and knows nothing of NEXUS: whoever talks to it does so over HTTP, as to api.telegram.org.
"""

from bot.sandbox.server import SandboxServer, attach, require_loopback
from bot.sandbox.state import OWNER_ID, Sandbox

__all__ = ["OWNER_ID", "Sandbox", "SandboxServer", "attach", "require_loopback"]
