"""What is asked for to connect a Discord channel? Its webhook's address, or a bot's token and the channel."""

import dataclasses
import re
from collections.abc import Mapping

from core.errors import InvalidInput
from core.platforms import pasting, rest
from core.platforms.base import Target
from core.platforms.connecting import Step, Way
from core.platforms.discord import client
from core.platforms.rest import Call

_WEBHOOK = re.compile(r"https?://(?:[\w-]+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/[\w-]+")
_CHANNEL = re.compile(
    r"(?:.*/channels/(?:\d+|@me)/(\d{5,25})(?:[/?#].*)?|<#(\d{5,25})>|#?(\d{5,25}))", re.DOTALL
)
_NOWHERE = "00000"  # a channel for the calls that are about the bot alone


def read_webhook(text: str) -> str:
    """Find the webhook's address in what was sent. Raises ``InvalidInput``."""
    found = _WEBHOOK.search(text)
    if found is None:
        raise InvalidInput("this is not a webhook's address", reason="not-a-webhook")
    return found[0]


def read_token(text: str) -> str:
    """Find the bot's token. Raises ``InvalidInput``."""
    return pasting.token(text, least=20)


def read_channel(text: str) -> str:
    """Find the channel: its number, a mention of it, or a link to it or to a message in it. Raises ``InvalidInput``."""
    found = _CHANNEL.fullmatch(text.strip())
    if found is None:
        raise InvalidInput("this is not a channel", reason="not-a-channel")
    return next(group for group in found.groups() if group)


async def who_is(target: Target, given: Mapping[str, str]) -> str:
    """Say which bot a token belongs to. Raises like ``Check``."""
    opened = client.Credentials.model_validate({"bot_token": given["bot_token"], "channel_id": _NOWHERE})
    bot = (
        await client.call(dataclasses.replace(target, credentials=opened), Call("GET", "//users/@me"))
    ).data
    if not isinstance(bot, Mapping) or not bot.get("username"):
        raise rest.unreadable(target, client.API, publishes=False)
    return str(bot["username"])


WAYS = (
    Way("webhook", (Step("webhook_url", read_webhook, secret=True),)),
    Way("bot", (Step("bot_token", read_token, secret=True, prove=who_is), Step("channel_id", read_channel))),
)
