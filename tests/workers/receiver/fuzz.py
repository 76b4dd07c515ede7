"""What can a sender send? Events that are right, nearly right and not at all, by dice that fall the same each time."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.core.events import signing
from tests.core.events.signing import OTHER, SECRET

_LETTERS = [
    "a",
    "é",
    "Ж",
    "🦔",
    "\u0000",
    "\ud83d",
    "\udcff",
    "\u202e",
    "\n",
    "\\",
    '"',
    "'",
    "<b>",
    "{",
    "\x7f",
    "ﷺ",
]
_NUMBERS = [
    "0",
    "-0",
    "1e999",
    "-1e999",
    "1e308",
    "NaN",
    "Infinity",
    "9" * 400,
    "9" * 5000,
    "0.1e-400",
    "01",
    "1.",
    "--1",
]
_MEDIA = [
    "application/json", "application/json; charset=utf-8", "application/json;charset=\u00e9", "APPLICATION/JSON",
    "text/plain", "", "application", "multipart/form-data", "application/json, text/html",
]  # fmt: skip
_ENCODINGS = ["gzip", "identity", "deflate", "br", "zstd", "", "identity, gzip", "\u00e9"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One request."""

    body: bytes
    headers: dict[str, str]
    slug: str


def shots(count: int, now: datetime, seed: int) -> list[Shot]:
    """Return ``count`` requests."""
    dice = random.Random(seed)  # noqa: S311 - the same requests every time
    return [_shot(dice, now, number) for number in range(count)]


def _shot(dice: random.Random, now: datetime, number: int) -> Shot:
    if dice.random() < 0.25:
        return _sound(dice, now, number)
    body = _body(dice, now, number)
    headers = _signed(dice, body, now, number)
    if dice.random() < 0.3:
        _spoil(dice, headers)
    if dice.random() < 0.1:
        body = _bent(dice, body)  # after it was signed
    slug = (
        "moonbird" if dice.random() < 0.97 else dice.choice(["nobody", "%00", "%ED%A0%BD", "a" * 500, ".."])
    )
    return Shot(body, headers, slug)


def _sound(dice: random.Random, now: datetime, number: int) -> Shot:
    """A delivery that has to be taken."""
    body = signing.body_of(
        "sale", now, {"n": number, "Ж": "🦔" * dice.randrange(20)}, type="sale", id=str(number)
    )
    signed = [
        signing.nexus(body),
        signing.stripe(body, now, OTHER, SECRET),
        signing.standard(body, f"msg_{number}", now),
    ]
    return Shot(body, dice.choice(signed), "moonbird")


def _body(dice: random.Random, now: datetime, number: int) -> bytes:
    kind = dice.random()
    if kind < 0.1:
        return dice.randbytes(dice.randrange(200))
    event: dict[str, Any] = {
        "event": dice.choice(
            ["sale", "sale.big", _text(dice), "", " ", 5, None, "a" * dice.randrange(95, 106)]
        ),
        "timestamp": _time(dice, now),
        "data": dice.choice([{}, {"n": number}, {"n": number}, _value(dice, 4), {"deep": _value(dice, 6)}]),
    }
    for name in list(event):
        if dice.random() < 0.05:
            del event[name]
    if dice.random() < 0.3:
        event |= {"type": _text(dice), "id": _text(dice), "created": dice.choice([1, -1, 1e18, "x", None])}
    if dice.random() < 0.1:
        event |= {"action": _text(dice), "replay_of": _text(dice)}
    body = json.dumps(event, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")
    if kind < 0.3:
        return _bent(dice, body)
    if kind < 0.4:
        return body.replace(b'"data": ', b'"x": %s, "data": ' % dice.choice(_NUMBERS).encode())
    return body


def _value(dice: random.Random, depth: int) -> Any:
    if depth == 0 or dice.random() < 0.3:
        return dice.choice(
            [None, True, -1, 10**400, 1.5, 1e308, float("nan"), float("inf"), _text(dice), 2**63]
        )
    if dice.random() < 0.05:
        nested: Any = {}
        for _ in range(dice.choice([60, 70, 900])):
            nested = [nested]
        return nested
    if dice.random() < 0.5:
        return [_value(dice, depth - 1) for _ in range(dice.randrange(4))]
    return {_text(dice): _value(dice, depth - 1) for _ in range(dice.randrange(4))}


def _text(dice: random.Random) -> str:
    usual = dice.random() < 0.95
    return "".join(dice.choice(_LETTERS[: 4 if usual else None]) for _ in range(dice.randrange(12)))


def _time(dice: random.Random, now: datetime) -> Any:
    if dice.random() < 0.8:
        at = now + timedelta(seconds=dice.randrange(-290, 290))
        return dice.choice([at.isoformat(), at.timestamp(), int(at.timestamp()), int(at.timestamp() * 1000)])
    return dice.choice(
        ["", "now", "0001-01-01T00:00:00+14:00", -1e300, 1e300, True, None, [], "9999-12-31", _text(dice)]
    )


def _signed(dice: random.Random, body: bytes, now: datetime, number: int) -> dict[str, str]:
    secret = SECRET if dice.random() < 0.95 else OTHER
    identifier = str(number) if dice.random() < 0.9 else _text(dice).strip() or "x"
    at = now + timedelta(seconds=dice.choice([0, 0, 0, 0, 290, -290, 400, -(10**9)]))
    schemes: list[Callable[[], dict[str, str]]] = [
        lambda: signing.nexus(body, secret),
        lambda: signing.nexus(body, secret, **{"X-Nexus-Delivery": identifier}),
        lambda: signing.github(body, dice.choice(["push", "release", "", _text(dice)]), identifier, secret),
        lambda: signing.stripe(body, at, secret),
        lambda: signing.standard(body, _printable(identifier), at, secret),
    ]
    headers = dice.choice(schemes)()
    return {name: _printable(value) for name, value in headers.items()}


def _spoil(dice: random.Random, headers: dict[str, str]) -> None:
    """Change, drop or add a header."""
    name = dice.choice(list(headers))
    match dice.randrange(6):
        case 0:
            del headers[name]
        case 1:
            headers[name] = _printable(_text(dice))
        case 2:
            headers[name] = headers[name][: dice.randrange(len(headers[name]) + 1)]
        case 3:
            headers["Content-Type"] = dice.choice(_MEDIA)
        case 4:
            headers["Content-Encoding"] = dice.choice(_ENCODINGS)
        case _:
            extra = [
                "X-Nexus-Delivery",
                "webhook-id",
                "Stripe-Signature",
                "X-Hub-Signature-256",
                "webhook-timestamp",
            ]
            headers[dice.choice(extra)] = dice.choice(["", "x", "t=1,v1=0", "é" * 200, "9" * 30, "a" * 300])


def _bent(dice: random.Random, body: bytes) -> bytes:
    bent = bytearray(body)
    for _ in range(dice.randrange(1, 4)):
        if bent:
            bent[dice.randrange(len(bent))] = dice.randrange(256)
    return bytes(bent[: dice.randrange(len(bent) + 1)] if dice.random() < 0.3 else bent)


def _printable(text: str) -> str:
    """Return what a client lets through as a header: no line ends, no halves of pairs."""
    return "".join(
        letter for letter in text if letter not in "\0\n\r\x7f" and not "\ud800" <= letter <= "\udfff"
    )


def raw(count: int, seed: int) -> list[bytes]:
    """Return requests that no client would send: HTTP itself is bent."""
    dice = random.Random(seed)  # noqa: S311 - the same requests every time
    sent = []
    for _ in range(count):
        lines = [
            dice.choice([b"POST /api/events/moonbird HTTP/1.1", b"POST /api/events/moonbird HTTP/1.0", b"PUT / HTTP/1.1"]),
            b"Host: x",
            b"Content-Type: application/json",
            b"X-Nexus-Signature: sha256=" + dice.choice([b"00", b"\xff\xfe", b"\xed\xa0\xbd", b"a" * 7000]),
            dice.choice([
                b"Content-Length: 10", b"Content-Length: -1", b"Content-Length: 99999999999", b"Transfer-Encoding: chunked",
                b"Content-Length: 5\r\nContent-Length: 7", b"Transfer-Encoding: chunked\r\nContent-Length: 3", b"X: y",
            ]),
        ]  # fmt: skip
        if dice.random() < 0.2:
            lines.append(
                dice.choice(
                    [b"Content-Encoding: gzip", b"Expect: 100-continue", b"Expect: x", b"\x00: y", b"a b: c"]
                )
            )
        tail = dice.choice(
            [
                b"{}",
                b"zz\r\n{}\r\n0\r\n\r\n",
                b"2\r\n{}\r\n0\r\n\r\n",
                b"ffffffffffffffffff\r\n",
                b"",
                b"0123456789",
            ]
        )
        request = b"\r\n".join(lines) + b"\r\n\r\n" + tail
        sent.append(_bent(dice, request) if dice.random() < 0.3 else request)
    return sent
