"""Do sealed values open only where they belong?"""

import base64

import pytest

from core.errors import ConfigError
from core.security.keyring import CannotOpen, Keyring

FIRST = "1:" + base64.b64encode(b"a" * 32).decode()
SECOND = "2:" + base64.b64encode(b"b" * 32).decode()
PLACE = ("channels", "row-1", "credentials")


def test_round_trip_and_redaction() -> None:
    keyring = Keyring.parse(FIRST)
    sealed = keyring.seal_json({"bot_token": "123:secret"}, *PLACE)
    assert "secret" not in str(sealed)
    assert keyring.open_json(sealed, *PLACE) == {"bot_token": "123:secret"}


@pytest.mark.parametrize(
    "place",
    [
        ("channels", "row-2", "credentials"),
        ("channels", "row-1", "settings"),
        ("channelsrow-1", "", "credentials"),
        (),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(place: tuple[str, ...]) -> None:
    keyring = Keyring.parse(FIRST)
    with pytest.raises(CannotOpen):
        keyring.open(keyring.seal(b"secret", *PLACE), *place)


def test_every_flipped_byte_is_noticed() -> None:
    keyring = Keyring.parse(f"{FIRST},{SECOND}")
    sealed = keyring.seal(b"secret", *PLACE)
    blob = bytearray(base64.urlsafe_b64decode(sealed.removeprefix("nx1.") + "=="))
    for position in range(len(blob)):
        changed = blob.copy()
        changed[position] ^= 3
        with pytest.raises(CannotOpen):
            keyring.open("nx1." + base64.urlsafe_b64encode(changed).decode(), *PLACE)


def test_an_old_key_still_opens_and_a_lost_one_says_so() -> None:
    old = Keyring.parse(FIRST).seal(b"secret", *PLACE)
    both = Keyring.parse(f"{SECOND},{FIRST}")
    assert both.open(old, *PLACE) == b"secret"
    assert Keyring.key_id(both.seal(b"x", *PLACE)) == 2
    with pytest.raises(CannotOpen, match="NEXUS_SECRET_KEYS"):
        Keyring.parse(SECOND).open(old, *PLACE)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "1:short", "x:" + "a" * 44, FIRST + "," + FIRST, "1:" + "!" * 44]
)
def test_unreadable_keys_are_named_but_never_shown(text: str) -> None:
    with pytest.raises(ConfigError, match="NEXUS_SECRET_KEYS") as caught:
        Keyring.parse(text)
    assert "YWFh" not in str(caught.value)


def test_a_new_key_is_readable() -> None:
    assert Keyring.parse(Keyring.new_key_text(7)).primary == 7


def test_a_signature_holds_for_its_message_alone() -> None:
    old, other = Keyring.parse(Keyring.new_key_text(1)), Keyring.parse(Keyring.new_key_text(2))
    signature = old.sign("media", "a.png", "17")
    assert old.signed(signature, "media", "a.png", "17")
    for message in (("media", "a.png", "18"), ("media", "a.png1", "7"), ("media", "a.png"), ()):
        assert not old.signed(signature, *message)
    for bad in ("", "1", "1.", "x." + signature[2:], "9." + signature[2:], "1.é", signature[:-1] + "g"):
        assert not old.signed(bad, "media", "a.png", "17")
    assert not other.signed(signature, "media", "a.png", "17")
