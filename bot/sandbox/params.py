"""What did a Bot API request ask for, whichever way its fields were sent?"""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.limits import REQUEST_BYTES
from bot.sandbox.refusals import Refusal, bad_request

TOO_LARGE = Refusal(413, "Request Entity Too Large")


@dataclass
class Upload:
    """A file that came with the request."""

    name: str
    mime: str
    data: bytes


@dataclass
class Params:
    """Fields by name, and the uploaded files by the name of their part."""

    fields: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)
    """All uploads in their order, also when several parts share a name, as the parts of a browser's form do."""

    def add(self, name: str, upload: Upload) -> None:
        """Note an uploaded file."""
        self.uploads[name] = upload
        self.files.append(upload)

    def has(self, name: str) -> bool:
        """Whether the field was sent."""
        return self.fields.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string field."""
        value = self.fields.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str) -> bool:
        """A boolean field: as a form sends it or as JSON has it."""
        return self.text(name).strip().lower() in {"true", "1", "yes"}

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number. Raises `Refusal` 400 when it is not one."""
        value = self.text(name).strip()
        if not value:
            return default
        try:
            return int(value)
        except ValueError as error:
            raise bad_request(f'field "{name}" must be a valid Number') from error

    def nested(self, name: str, kind: type, label: str = "object") -> Any:
        """An object or a list: as JSON, or as a string holding JSON. Raises `Refusal` 400 when it is neither."""
        value = self.fields.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError as error:
                raise bad_request(f"can't parse {label}: object expected as {name}") from error
        if not isinstance(value, kind):
            raise bad_request(f'field "{name}" must be of type {"Array" if kind is list else "Object"}')
        return value

    def journal(self) -> dict[str, Any]:
        """The request for the journal: uploads named, not copied."""
        files = {name: f"<{upload.name}, {len(upload.data)} bytes>" for name, upload in self.uploads.items()}
        return {**self.fields, **files}


async def read_params(request: web.Request) -> Params:
    """Read query, form, multipart or JSON. Raises `Refusal` 400 or 413."""
    params = Params(dict(request.query))
    if request.method != "POST":
        return params
    # The application this is mounted into may allow one megabyte only; Telegram takes fifty.
    sized = request.clone(client_max_size=REQUEST_BYTES)
    try:
        if request.content_type == "application/json":
            raw = await sized.read()
            body = json.loads(raw) if raw.strip() else {}
            if not isinstance(body, dict):
                raise bad_request("can't parse request body: object expected")
            params.fields.update(body)
        else:
            await _read_form(sized, params)
    except web.HTTPRequestEntityTooLarge as error:
        raise TOO_LARGE from error
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    except ValueError as error:
        raise bad_request("can't parse the request") from error
    return params


async def _read_form(request: web.BaseRequest, params: Params) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            params.add(name, Upload(value.filename, value.content_type, value.file.read()))
            value.file.close()
        elif isinstance(value, (bytes, bytearray)):
            params.add(name, Upload(name, "application/octet-stream", bytes(value)))
        else:
            params.fields[name] = value
