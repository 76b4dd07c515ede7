"""Which platform does the chaos test publish on? Telegram's, against the sandbox over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import aiohttp
from pydantic import BaseModel

from core.errors import OutcomeUnknown, RateLimited, Transient
from core.platforms.base import Account, Part, Platform, Post, Rendering, Sent, Target


class Credentials(BaseModel):
    bot_token: str
    chat_id: str


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    part = Part("sendMessage", {"text": post.text}, post.text, len(post.text), 4096)
    return Rendering("telegram", (part,))


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    assert isinstance(target.credentials, Credentials)
    url = f"{target.api_base}/bot{target.credentials.bot_token}/{part.method}"
    try:
        async with target.http.post(
            url, json={"chat_id": target.credentials.chat_id, **part.payload}
        ) as answer:
            body = await answer.json()
    except aiohttp.ClientConnectorError as error:
        raise Transient(str(error)) from error
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        raise OutcomeUnknown(str(error)) from error
    if answer.status == 429:
        wait = timedelta(seconds=body["parameters"]["retry_after"])
        raise RateLimited(retry_at=target.clock.now() + wait)
    if answer.status != 200:
        raise OutcomeUnknown(str(body))
    return Sent((str(body["result"]["message_id"]),))


async def check(target: Target) -> Account:
    return Account("peer")


PLATFORM = Platform(
    slug="telegram",
    title="Telegram",
    credentials=Credentials,
    default_api_base="http://127.0.0.1:1",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
)
