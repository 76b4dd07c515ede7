"""Is what a sender signed accepted, and nothing else? Every scheme, both secrets, both edges of the window."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from core.events.signatures import Scheme, authentic, scheme_of, sent_at, timely
from tests.core.events import signing
from tests.core.events.signing import OTHER, SECRET

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BODY = json.dumps({"event": "sale", "timestamp": "2026-03-02T09:00:00Z", "data": {"имя": "Ёж 🦔"}}).encode()

Sign = Callable[[bytes, str], dict[str, str]]
SIGNERS: dict[Scheme, Sign] = {
    Scheme.NEXUS: lambda body, secret: signing.nexus(body, secret),
    Scheme.GITHUB: lambda body, secret: signing.github(body, "push", "one", secret),
    Scheme.STRIPE: lambda body, secret: signing.stripe(body, NOW, secret),
    Scheme.STANDARD: lambda body, secret: signing.standard(body, "msg_1", NOW, secret),
}
SIGNATURE = {
    Scheme.NEXUS: "x-nexus-signature",
    Scheme.GITHUB: "x-hub-signature-256",
    Scheme.STRIPE: "stripe-signature",
    Scheme.STANDARD: "webhook-signature",
}
every_scheme = pytest.mark.parametrize("scheme", list(Scheme))


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def signed(scheme: Scheme, body: bytes = BODY, secret: str = SECRET) -> dict[str, str]:
    return lower(SIGNERS[scheme](body, secret))


@every_scheme
@pytest.mark.parametrize("body", [BODY, b"", b"{}", "«Ёж» 🦔".encode(), b'{"a":\r\n1}'])
def test_what_was_signed_is_accepted(scheme: Scheme, body: bytes) -> None:
    headers = signed(scheme, body)
    assert scheme_of(headers) is scheme
    assert authentic(scheme, body, headers, [SECRET])


@every_scheme
def test_another_secret_or_none_is_refused(scheme: Scheme) -> None:
    headers = signed(scheme)
    assert not authentic(scheme, BODY, headers, [OTHER])
    assert not authentic(scheme, BODY, headers, [])


@every_scheme
def test_both_secrets_count_while_there_are_two(scheme: Scheme) -> None:
    for secret in (SECRET, OTHER):
        assert authentic(scheme, BODY, signed(scheme, secret=secret), [OTHER, SECRET])


@every_scheme
def test_a_body_written_anew_is_refused(scheme: Scheme) -> None:
    again = json.dumps(json.loads(BODY), separators=(",", ":")).encode()
    assert json.loads(again) == json.loads(BODY)
    assert not authentic(scheme, again, signed(scheme), [SECRET])
    assert not authentic(scheme, BODY + b"\n", signed(scheme), [SECRET])


@every_scheme
@pytest.mark.parametrize(
    "value",
    [
        "", " ", "sha256", "sha256=", "sha1=" + "0" * 40, "sha256=" + "0" * 64, "sha256=ё", "sha256=\udcff", "v1", "v1,",
        "v1,v1,v1", "v1,!!!", "t=", "t=1", "t=x,v1=y", "t=1,t=2,v1=00", "v1=00", "t=-1,v1=00", "t=1e999,v1=",
        ",,,,", "=" * 1000, "v1," * 1000, "t=99999999999999999999,v1=00", "sha256=" + "0" * 64 + "\x00",
    ],
)  # fmt: skip
def test_nonsense_in_the_header_is_refused_and_no_error(scheme: Scheme, value: str) -> None:
    assert not authentic(scheme, BODY, signed(scheme) | {SIGNATURE[scheme]: value}, [SECRET])


@every_scheme
def test_without_its_signature_there_is_no_scheme(scheme: Scheme) -> None:
    headers = signed(scheme)
    del headers[SIGNATURE[scheme]]
    assert scheme_of(headers) is None
    assert not authentic(scheme, BODY, headers, [SECRET])


def test_signed_in_two_ways_at_once_is_none() -> None:
    assert scheme_of(signed(Scheme.NEXUS) | signed(Scheme.GITHUB)) is None


@every_scheme
def test_no_scheme_s_signature_is_good_for_another_kind_of_key(scheme: Scheme) -> None:
    """NEXUS and GitHub sign alike; the rest never do."""
    alike = {Scheme.NEXUS, Scheme.GITHUB}
    for other in Scheme:
        if other is scheme or {scheme, other} == alike:
            continue
        value = signed(scheme)[SIGNATURE[scheme]]
        assert not authentic(other, BODY, signed(other) | {SIGNATURE[other]: value}, [SECRET])


def test_several_signatures_in_one_header() -> None:
    for headers in (
        signing.stripe(BODY, NOW, OTHER, SECRET),
        signing.standard(BODY, "msg_1", NOW, OTHER, SECRET),
    ):
        scheme = scheme_of(lower(headers))
        assert scheme is not None
        assert authentic(scheme, BODY, lower(headers), [SECRET])
    two = ", ".join(signed(Scheme.NEXUS, secret=secret)["x-nexus-signature"] for secret in (OTHER, SECRET))
    assert authentic(Scheme.NEXUS, BODY, {"x-nexus-signature": two}, [SECRET])


def test_upper_case_hex_is_the_same_signature() -> None:
    value = signed(Scheme.NEXUS)["x-nexus-signature"]
    upper = "sha256=" + value.removeprefix("sha256=").upper()
    assert authentic(Scheme.NEXUS, BODY, {"x-nexus-signature": upper}, [SECRET])


@pytest.mark.parametrize("change", ["webhook-id", "webhook-timestamp"])
def test_standard_webhooks_signs_its_id_and_time(change: str) -> None:
    headers = signed(Scheme.STANDARD)
    assert not authentic(Scheme.STANDARD, BODY, headers | {change: headers[change] + "0"}, [SECRET])
    assert not authentic(Scheme.STANDARD, BODY, headers | {change: ""}, [SECRET])


@pytest.mark.parametrize("secret", ["plain text secret", "whsec_", "whsec_&&&", "c2VjcmV0"])
def test_a_secret_of_another_form_is_no_key_of_standard_webhooks(secret: str) -> None:
    assert not authentic(Scheme.STANDARD, BODY, signed(Scheme.STANDARD), [secret])
    assert authentic(Scheme.STANDARD, BODY, signed(Scheme.STANDARD), [secret, SECRET])


def test_what_the_package_signs_and_verifies_is_the_same_thing() -> None:
    from standardwebhooks import Webhook

    moment = datetime.now(UTC)
    headers = lower(signing.standard(BODY, "msg_1", moment))
    signatures = headers["webhook-signature"].removeprefix("v1a,bm90IHVuZGVyc3Rvb2Q= ")
    assert Webhook(SECRET).sign("msg_1", moment, BODY.decode()) == signatures
    assert Webhook(SECRET).verify(BODY, headers)["event"] == "sale"


def test_a_published_example_of_githubs() -> None:
    headers = {
        "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    }
    secret = "It's a Secret to Everybody"
    assert authentic(Scheme.GITHUB, b"Hello, World!", headers, [secret])


@pytest.mark.parametrize(
    ("off", "fresh"),
    [
        (timedelta(), True),
        (timedelta(minutes=5), True),
        (timedelta(minutes=-5), True),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(minutes=-5, seconds=-1), False),
        (timedelta(days=-20_000), False),
    ],
)
@pytest.mark.parametrize("scheme", [Scheme.STRIPE, Scheme.STANDARD])
def test_the_window_is_five_minutes_both_ways(scheme: Scheme, off: timedelta, fresh: bool) -> None:
    at = NOW + off
    headers = lower(
        signing.stripe(BODY, at) if scheme is Scheme.STRIPE else signing.standard(BODY, "msg_1", at)
    )
    found = sent_at(scheme, headers)
    assert found == at
    assert authentic(scheme, BODY, headers, [SECRET])
    assert timely(found, NOW) is fresh


def test_githubs_deliveries_carry_no_time() -> None:
    assert sent_at(Scheme.GITHUB, signed(Scheme.GITHUB)) is None
