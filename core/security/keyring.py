"""How are credentials kept? AES-256-GCM under a named key, bound to purpose, row and field.

Format of a sealed value: ``nx1.`` + base64url(0x01 | key id u32 | nonce 12 bytes | ciphertext and tag).
The header and the length-prefixed context are authenticated, so a value copied to another row, field or key id
does not open.
"""

import base64
import binascii
import hmac
import json
import os
import struct
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import Actor, ConfigError, NexusError

_PREFIX = "nx1."
_VERSION = b"\x01"
_HEADER = 5  # bytes: version and key id
_NONCE = 12  # bytes
_KEY_BYTES = 32


class CannotOpen(NexusError):
    """A stored secret cannot be decrypted with the keys at hand: NEXUS_SECRET_KEYS lost a key, or the row was altered."""

    actor = Actor.OWNER
    code = "cannot-decrypt"


class Keyring:
    """Seals and opens secrets; the first key seals, every key opens."""

    def __init__(
        self, keys: Mapping[int, bytes], primary: int, purpose: bytes = b"nexus/credentials/v1"
    ) -> None:
        if primary not in keys or any(len(key) != _KEY_BYTES for key in keys.values()):
            raise ConfigError(
                "NEXUS_SECRET_KEYS: every key must be 32 bytes, and the first one is the primary"
            )
        self.primary = primary
        self._purpose = purpose
        # A sub-key per purpose keeps one master key from being used for two things.
        self._ciphers = {
            number: AESGCM(HKDF(hashes.SHA256(), 32, None, purpose).derive(key))
            for number, key in keys.items()
        }
        self._signers = {
            number: HKDF(hashes.SHA256(), 32, None, b"nexus/signatures/v1").derive(key)
            for number, key in keys.items()
        }

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the keys, the one that seals first."""
        return self.primary, *(number for number in self._ciphers if number != self.primary)

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read ``id:base64,id:base64`` (first is primary). Raises ``ConfigError`` without showing the keys."""
        keys: dict[int, bytes] = {}
        order: list[int] = []
        for position, entry in enumerate(filter(None, (part.strip() for part in text.split(","))), start=1):
            number, _, encoded = entry.partition(":")
            try:
                key = base64.b64decode(
                    encoded + "=" * (-len(encoded) % 4),
                    altchars=b"-_" if "-" in encoded or "_" in encoded else None,
                    validate=True,
                )
                identifier = int(number)
            except (ValueError, binascii.Error):
                raise ConfigError(
                    f"NEXUS_SECRET_KEYS: entry {position} is not `id:base64` (e.g. 1:… with 32 random bytes)"
                ) from None
            if identifier in keys or not 0 <= identifier < 2**32:
                raise ConfigError(
                    f"NEXUS_SECRET_KEYS: entry {position} has an id that is used twice or out of range"
                )
            keys[identifier] = key
            order.append(identifier)
        if not order:
            raise ConfigError("NEXUS_SECRET_KEYS is empty; expected `id:base64,…`")
        return cls(keys, order[0])

    @staticmethod
    def new_key_text(identifier: int = 1) -> str:
        """Return a fresh ``id:base64`` entry."""
        return f"{identifier}:{base64.b64encode(os.urandom(_KEY_BYTES)).decode()}"

    def seal(self, plaintext: bytes, *context: str) -> str:
        """Encrypt ``plaintext`` for ``context`` (table, row id, column)."""
        header = _VERSION + struct.pack(">I", self.primary)
        nonce = os.urandom(_NONCE)
        body = self._ciphers[self.primary].encrypt(nonce, plaintext, self._associated(header, context))
        return _PREFIX + base64.urlsafe_b64encode(header + nonce + body).decode().rstrip("=")

    def open(self, sealed: str, *context: str) -> bytes:
        """Decrypt what ``seal`` made for the same ``context``. Raises ``CannotOpen``."""
        blob = _decode(sealed)
        header, nonce, body = blob[:_HEADER], blob[_HEADER : _HEADER + _NONCE], blob[_HEADER + _NONCE :]
        cipher = self._ciphers.get(struct.unpack(">I", header[1:])[0])
        if cipher is None:
            raise CannotOpen("its key is not in NEXUS_SECRET_KEYS")
        try:
            return cipher.decrypt(nonce, body, self._associated(header, context))
        except InvalidTag:
            raise CannotOpen("the value was altered, moved, or sealed with another key") from None

    @staticmethod
    def is_sealed(value: object) -> bool:
        """Tell a sealed value from a plain one."""
        return isinstance(value, str) and value.startswith(_PREFIX)

    @staticmethod
    def key_id(sealed: str) -> int:
        """Return the id of the key that sealed the value."""
        number: int = struct.unpack(">I", _decode(sealed)[1:_HEADER])[0]
        return number

    @staticmethod
    def key_id_of_header(start: str) -> int:
        """Return the key's id from the first characters of a sealed value, eight after the mark."""
        blob = base64.urlsafe_b64decode(start.removeprefix(_PREFIX)[:8])
        number: int = struct.unpack(">I", blob[1:_HEADER])[0]
        return number

    def fingerprint(self, number: int) -> str:
        """Return what tells key ``number`` from another with the same id; empty for one that is not here."""
        return self._digest(number, ("nexus/fingerprint",))[:32] if number in self._signers else ""

    def has(self, number: int, fingerprint: str) -> bool:
        """Tell whether the key of this id and fingerprint is here; one that nobody had is not missed."""
        return not fingerprint or hmac.compare_digest(self.fingerprint(number), fingerprint)

    def seal_json(self, value: Mapping[str, Any], *context: str) -> dict[str, str]:
        """Seal a JSON object as ``{"sealed": "nx1.…"}``, the form kept in JSONB columns."""
        return {"sealed": self.seal(json.dumps(value, separators=(",", ":")).encode(), *context)}

    def open_json(self, stored: Mapping[str, Any], *context: str) -> dict[str, Any]:
        """Open what ``seal_json`` made. A plain object (a row written by hand) is returned as it is."""
        sealed = stored.get("sealed")
        if not self.is_sealed(sealed):
            return dict(stored)
        opened: dict[str, Any] = json.loads(self.open(str(sealed), *context))
        return opened

    def sign(self, *message: str) -> str:
        """Return a signature of ``message`` that ``signed`` accepts: key id, dot, HMAC-SHA256 (hex)."""
        return f"{self.primary}.{self._digest(self.primary, message)}"

    def signed(self, signature: str, *message: str) -> bool:
        """Tell whether ``signature`` is ours for ``message``, under any key; compared in constant time."""
        number, _, digest = signature.partition(".")
        if not number.isdecimal() or int(number) not in self._signers or not digest.isascii():
            return False
        return hmac.compare_digest(self._digest(int(number), message), digest)

    def _digest(self, number: int, message: tuple[str, ...]) -> str:
        parts = [part.encode() for part in message]
        framed = b"".join(struct.pack(">I", len(part)) + part for part in parts)
        return hmac.new(self._signers[number], framed, "sha256").hexdigest()

    def _associated(self, header: bytes, context: tuple[str, ...]) -> bytes:
        parts = [self._purpose, *(part.encode() for part in context)]
        return header + b"".join(struct.pack(">I", len(part)) + part for part in parts)


def _decode(sealed: str) -> bytes:
    encoded = sealed.removeprefix(_PREFIX)
    try:
        blob = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (ValueError, binascii.Error):
        raise CannotOpen("the value is not base64") from None
    if len(blob) <= _HEADER + _NONCE or blob[:1] != _VERSION:
        raise CannotOpen("the value has an unknown format")
    return blob
