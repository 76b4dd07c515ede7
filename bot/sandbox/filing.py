"""How is an uploaded file kept, named for each bot, and found again?"""

import base64
import binascii
import mimetypes
import secrets
from pathlib import PurePosixPath
from typing import Any

from bot.sandbox.limits import PHOTO_BYTES, UPLOAD_BYTES
from bot.sandbox.model import BotAccount, StoredFile
from bot.sandbox.params import Params, Upload
from bot.sandbox.pictures import check_photo, picture_size
from bot.sandbox.refusals import WRONG_FILE, Refusal, bad_request
from bot.sandbox.state import Sandbox

FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "animation": "animations",
    "audio": "music",
    "voice": "voice",
}
INTERCHANGEABLE = frozenset({"document", "animation", "video", "audio"})


def file_id(bot_id: int, uid: str) -> str:
    """The `file_id` under which one bot knows a file; another bot's is different and of no use to this one."""
    return base64.urlsafe_b64encode(f"{bot_id}:{uid}".encode()).decode().rstrip("=")


def file_path(stored: StoredFile) -> str:
    """The path in a download address."""
    suffix = PurePosixPath(stored.name).suffix or mimetypes.guess_extension(stored.mime) or ""
    return f"{FOLDERS.get(stored.kind, 'documents')}/{stored.uid}{suffix}"


def find_file(sandbox: Sandbox, bot: BotAccount, identifier: str) -> StoredFile:
    """The file that this bot knows by `identifier`. Raises `Refusal` 400 when it is another bot's or nobody's."""
    try:
        decoded = base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4)).decode()
    except (ValueError, binascii.Error) as error:
        raise bad_request(WRONG_FILE) from error
    owner, _, uid = decoded.partition(":")
    if owner != str(bot.id) or uid not in sandbox.files:
        raise bad_request(WRONG_FILE)
    return sandbox.files[uid]


def store_upload(sandbox: Sandbox, upload: Upload, kind: str, **properties: int) -> StoredFile:
    """Keep an uploaded file. Raises `Refusal` for one that is empty, too large, or not a picture when it must be."""
    size = len(upload.data)
    if not size:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo" and size > PHOTO_BYTES:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
        )
    mime, known = upload.mime, picture_size(upload.data)
    if kind == "photo":
        known = check_photo(upload.data)
    if known and kind in {"photo", "document"}:
        mime = known[0]
        properties |= {"width": known[1], "height": known[2]}
    elif mime == "application/octet-stream":
        mime = mimetypes.guess_type(upload.name)[0] or mime
    stored = StoredFile(secrets.token_hex(8), kind, size, upload.name, mime, **properties)
    sandbox.storage.write_blob(stored.uid, upload.data)
    sandbox.files[stored.uid] = stored
    sandbox.save(stored)
    return stored


def resolve_file(
    sandbox: Sandbox, bot: BotAccount, params: Params, reference: Any, kind: str, **about: int
) -> StoredFile:
    """The file a request means: an upload, `attach://part`, or a file id. Raises `Refusal` 400.

    Addresses are refused: this Telegram never goes to the network.
    """
    if isinstance(reference, Upload):
        return store_upload(sandbox, reference, kind, **about)
    name = str(reference or "")
    if name.startswith("attach://"):
        upload = params.uploads.get(name.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return store_upload(sandbox, upload, kind, **about)
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if not name:
        raise bad_request(f"there is no {kind} in the request")
    stored = find_file(sandbox, bot, name)
    if stored.kind != kind and not {stored.kind, kind} <= INTERCHANGEABLE:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored
