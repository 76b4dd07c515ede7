"""Does a public address open one file, for a while, and nothing else?"""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from core.errors import Rejected
from core.media.public import LIFETIME, may_read, public_address
from core.security.keyring import Keyring
from tests.conftest import START

NAME = "a" * 64 + ".jpg"


def test_it_opens_its_file_until_it_expires(keyring: Keyring) -> None:
    address = public_address(f"media://{NAME}", base="https://nexus.example/", keyring=keyring, now=START)
    parts = urlsplit(address)
    assert address.startswith(f"https://nexus.example/media/{NAME}?")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}

    def opens(name: str = NAME, later: timedelta = timedelta(), **changes: str) -> bool:
        return may_read(name, keyring=keyring, now=START + later, **(query | changes))

    assert opens()
    assert opens(later=LIFETIME)
    assert not opens(later=LIFETIME + timedelta(seconds=1))
    assert not opens("b" + NAME[1:])
    assert not opens(expires=str(int(query["expires"]) + 1))
    for bad in ("", "-1", "1e9", "9" * 40, "٣"):
        assert not opens(expires=bad)
    assert not opens(signature="1.x")


def test_an_address_on_the_web_stays_as_it_is(keyring: Keyring) -> None:
    assert (
        public_address("https://e.org/a.jpg", base=None, keyring=keyring, now=START) == "https://e.org/a.jpg"
    )


def test_without_an_address_of_our_own_the_setting_is_named(keyring: Keyring) -> None:
    with pytest.raises(Rejected, match="PUBLIC_URL"):
        public_address(f"media://{NAME}", base=None, keyring=keyring, now=START)
