"""Are secrets that were met while working hidden wherever they stand, and nothing else?"""

from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from core import redaction
from core.redaction import Redactor


@pytest.fixture(autouse=True, scope="module")
def nothing_is_kept() -> Generator[None]:
    """What these tests make up must not be hidden in the lines of others."""
    before = redaction._learned
    redaction._learned = type(before)()
    yield
    redaction._learned = before


class Credentials(BaseModel):
    """What a channel holds."""

    access_token: SecretStr
    refresh_token: SecretStr | None = None
    account: str


def hidden(text: str) -> str:
    """Return the text as it would be written."""
    return str(Redactor()(None, "", {"event": text})["event"])


def test_what_credentials_hold_is_hidden_and_what_is_public_is_not() -> None:
    redaction.learn_from(Credentials(access_token=SecretStr("opaque+/value=="), account="@moonbird-tea"))
    said = hidden("GET /v1/opaque+/value==/posts of @moonbird-tea, again opaque+/value==opaque+/value==")
    assert said == "GET /v1/<hidden>/posts of @moonbird-tea, again <hidden><hidden>"


def test_the_longer_of_two_that_begin_alike_is_hidden_too() -> None:
    redaction.learn("beginning-short", "beginning-short-and-long")
    assert "long" not in hidden("it is beginning-short-and-long.")


@pytest.mark.parametrize("short", ["", None, "abc"])
def test_what_is_too_short_to_be_one_blanks_nothing(short: str | None) -> None:
    redaction.learn(short)
    assert hidden("abc of a post") == "abc of a post"


@given(
    st.text(max_size=40),
    st.text(alphabet="ABCDEFGHJKmnpqrs0123456789_-", min_size=6, max_size=40),
    st.text(max_size=40),
)
def test_a_learned_secret_never_gets_through(before: str, secret: str, after: str) -> None:
    redaction.learn(secret)
    assert secret not in hidden(before + secret + after) or secret in "<hidden>"
