"""How is one Bot API method called?"""

import contextlib
import json
import mimetypes
import re
from asyncio import to_thread
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import aiohttp
from pydantic import BaseModel, Field, SecretStr, field_validator

from core.errors import Rejected
from core.platforms import http
from core.platforms.base import MediaItem, Target
from core.platforms.media_files import stored
from core.platforms.telegram import errors

TITLE = "Telegram"
# An upload of 50 MB over a slow line takes minutes; the time without any sign of life stays short.
_UPLOAD_TIMEOUT_SECONDS = 600.0
# Without Telegram's own words these come from something in front of it that did not let the request through.
_REFUSED_ON_THE_WAY = frozenset({400, 401, 403, 404, 405, 407, 413})


class Credentials(BaseModel):
    """A bot's token, and the channel or group it posts to: ``@name``, a link to it, or its number."""

    bot_token: SecretStr = Field(min_length=3)
    chat_id: str

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value.get_secret_value()):
            raise ValueError("is not a bot token; @BotFather gives one like 123456789:AAE…")
        return value

    @field_validator("chat_id", mode="before")
    @classmethod
    def _chat(cls, value: Any) -> str:
        text = str(value).strip()
        text = re.sub(r"^(?:https?://)?(?:t\.me|telegram\.me)/(?=[A-Za-z])", "@", text).rstrip("/")
        if not re.fullmatch(r"-?\d+|@[A-Za-z]\w{2,31}", text, re.ASCII):
            raise ValueError("must be @name of the channel, a link to it, or its number like -1001234567890")
        return text


@dataclass(frozen=True, slots=True)
class File:
    """A file to send with a request, as the field ``field``."""

    field: str
    path: Path
    name: str


def credentials(target: Target) -> Credentials:
    """The target's credentials, which the platform's own model has read."""
    opened = target.credentials
    if not isinstance(opened, Credentials):
        raise TypeError("these are not Telegram credentials")
    return opened


async def call(
    target: Target,
    method: str,
    payload: Mapping[str, Any],
    *,
    publishes: bool = False,
    files: Sequence[File] = (),
) -> Any:
    """Call ``method`` and return its ``result``.

    A group that has become a supergroup is called again under its new number: the first call did nothing. Raises the
    errors of ``core.platforms.http.request``, and those of ``errors.error_from``.
    """
    answer = await _post(target, method, payload, publishes=publishes, files=files)
    moved = errors.migrated_to(answer)
    if moved is not None and "chat_id" in payload:
        answer = await _post(
            target, method, {**payload, "chat_id": str(moved)}, publishes=publishes, files=files
        )
    data = answer.data
    if answer.status < 400 and isinstance(data, dict) and data.get("ok") is True and "result" in data:
        return data["result"]
    if isinstance(data, dict) and data.get("ok") is False:
        raise errors.error_from(answer, method, (credentials(target).bot_token.get_secret_value(),))
    if answer.status in _REFUSED_ON_THE_WAY:
        raise errors.not_telegram(answer)
    raise http.doubtful(
        _request(target, method, publishes=publishes),
        "Telegram gave an answer that says nothing",
        "unreadable",
    )


def _request(target: Target, method: str, *, publishes: bool, **body: Any) -> http.Request:
    token = credentials(target).bot_token.get_secret_value()
    return http.Request(
        platform=TITLE,
        method="POST",
        url=f"{target.api_base.rstrip('/')}/bot{token}/{method}",
        publishes=publishes,
        clock=target.clock,
        secrets=(token,),
        retry_after=errors.retry_after,
        **body,
    )


async def _post(
    target: Target, method: str, payload: Mapping[str, Any], *, publishes: bool, files: Sequence[File]
) -> http.Answer:
    if not files:
        request = _request(target, method, publishes=publishes, json=dict(payload))
        return await http.request(target.http, request)
    with contextlib.ExitStack() as stack:
        # `quote_fields` would send "отчёт.pdf" as %D0%BE…, and Telegram would show it so.
        form = aiohttp.FormData(quote_fields=False)
        for name, value in payload.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for file in files:
            handle = stack.enter_context(await _open(file))
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            form.add_field(file.field, handle, filename=file.name, content_type=kind)
        timeout = aiohttp.ClientTimeout(
            total=_UPLOAD_TIMEOUT_SECONDS,
            connect=target.http.timeout.connect,
            sock_read=target.http.timeout.sock_read,
        )
        request = _request(target, method, publishes=publishes, data=form, timeout=timeout)
        return await http.request(target.http, request)


async def _open(file: File) -> BinaryIO:
    try:
        return await to_thread(file.path.open, "rb")
    except OSError:
        raise Rejected(
            "a file of this post is missing from the media folder",
            error_code="media-missing", platform="telegram", file=file.name,
        ) from None  # fmt: skip


async def stored_file(target: Target, item: MediaItem, field: str) -> File:
    """The media store's file of ``item``, ready to be sent. Raises as ``core.platforms.media_files.stored``."""
    path = await stored(target, item)
    name = item.file_name  # the owner's; photos need none
    clean = re.sub(r'[\x00-\x1f"\\/]', "_", name).strip()
    return File(field, path, clean or path.name)
