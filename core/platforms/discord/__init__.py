"""What is Discord to NEXUS? A channel of a server, reached by a bot, or by the channel's own webhook.

A bot's message carries a nonce, which Discord enforces for a few minutes, and a bot can read the channel back, so an
unknown outcome is looked up. A webhook has neither: there a lost answer is the owner's to settle.
"""

from core.platforms.base import Platform
from core.platforms.discord.client import API, Credentials
from core.platforms.discord.connect import check
from core.platforms.discord.mapping import render
from core.platforms.discord.metrics import followers, metrics
from core.platforms.discord.publishing import delete, edit, look_up, publish
from core.platforms.discord.ways import WAYS

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://discord.com/api/v10",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=edit,
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    followers=followers,
    ways=WAYS,
)
