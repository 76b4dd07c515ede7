"""Which moment does the owner mean? Held against a table of phrases, and against any text at all."""

import warnings
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.settings.zones import parse_zone
from core.text.when import Doubt, DoubtReason, Moment, Reading, Refused, RefusedReason, read_time
from tests.core.text.phrases import BLOCKS, SUMMER_TIME, Block

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=366)
ZONES = [parse_zone(name) for name in ("Europe/Berlin", "America/New_York", "Europe/Moscow", "UTC+3")]
ROWS = [
    pytest.param(block, text, answer, id=f"{block.zone} {block.now[:10]} {text}")
    for block in BLOCKS
    for text, answer in block.rows
]


def moment_of(written: str, zone: tzinfo) -> datetime:
    """Return the moment the table writes as "03-02 12:00", with or without year and offset."""
    full = written if written.startswith("20") else f"2026-{written}"
    found = datetime.fromisoformat(full)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def reading_of(answer: str, zone: tzinfo) -> Reading:
    """Return the reading the table writes as ``answer``."""
    mark, _, rest = answer.partition(" ")
    if mark == "?":
        reason, _, options = rest.partition(" ")
        return Doubt(DoubtReason(reason), tuple(moment_of(one, zone) for one in options.split(" | ")))
    if mark == "!":
        reason, _, suggestion = rest.partition(" > ")
        return Refused(RefusedReason(reason), moment_of(suggestion, zone) if suggestion else None)
    return Moment(moment_of(answer, zone))


def read(block: Block, text: str) -> Reading:
    zone = parse_zone(block.zone)
    return read_time(text, now=moment_of(block.now, zone), zone=zone, language=block.language)


@pytest.mark.parametrize(("block", "text", "answer"), ROWS)
def test_the_table(block: Block, text: str, answer: str) -> None:
    assert read(block, text) == reading_of(answer, parse_zone(block.zone))


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 150
    assert sum(len(block.rows) for block in SUMMER_TIME) >= 30


def test_the_library_alone_would_not_do() -> None:
    """When this fails the library has learned: decision 0020 should be looked at again."""
    import dateparser

    said = right = 0
    for block, text, answer in (row.values for row in ROWS):
        assert isinstance(block, Block)
        zone = parse_zone(block.zone)
        expected = reading_of(str(answer), zone)
        if not isinstance(expected, Moment):
            continue
        now = moment_of(block.now, zone).astimezone(zone).replace(tzinfo=None)
        found = dateparser.parse(
            str(text),
            languages=["ru", "en"] if block.language == "ru" else ["en", "ru"],
            settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"},
        )
        said += 1
        if found is not None:
            found = found if found.tzinfo else found.replace(tzinfo=zone)
            right += found == expected.at
    print(f"dateparser alone: {right} of {said} moments")  # noqa: T201
    assert right / said < 0.75


WORDS = sorted(set(chain.from_iterable(text.split() for block in BLOCKS for text, _ in block.rows)))
NUMBERS = st.integers(0, 10**12).map(str)
PHRASES = st.lists(st.sampled_from(WORDS) | NUMBERS, max_size=8).map(" ".join)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=400, deadline=None)
@given(
    text=st.text(max_size=200) | PHRASES.map(lambda text: text[:200]),
    now=INSTANTS,
    zone=st.sampled_from(ZONES),
    language=st.sampled_from(["ru", "en"]),
)
@example(text="29 февраля", now=datetime(2028, 2, 29, 12, tzinfo=UTC), zone=ZONES[0], language="ru")
@example(text="9999-12-31T23:59:59-14:00", now=NOW, zone=ZONES[0], language="en")
@example(text="через 9999 недель", now=NOW, zone=ZONES[0], language="ru")
def test_any_text_is_read_without_an_error(text: str, now: datetime, zone: tzinfo, language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reading = read_time(text, now=now, zone=zone, language=language)
    offered: list[datetime] = []
    match reading:
        case Moment(at=at):
            offered = [at]
        case Doubt(options=options):
            assert 2 <= len(options) <= 8
            assert list(options) == sorted(set(options))
            offered = list(options)
        case Refused(suggestion=suggestion):
            offered = [suggestion] if suggestion is not None else []
    for moment in offered:
        assert moment.tzinfo is UTC
        assert now < moment <= now + YEAR


@settings(max_examples=200, deadline=None)
@given(ahead=st.integers(1, 365 * 86_400), now=INSTANTS, zone=st.sampled_from(ZONES))
def test_a_moment_written_in_iso_is_read_back(ahead: int, now: datetime, zone: tzinfo) -> None:
    at = now + timedelta(seconds=ahead)
    read_back = read_time(at.astimezone(zone).isoformat(), now=now, zone=zone, language="ru")
    assert read_back == Moment(at)


@settings(max_examples=200, deadline=None)
@given(ahead=st.integers(1, 365 * 86_400), now=INSTANTS, zone=st.sampled_from(ZONES))
def test_a_wall_time_is_read_back_unless_it_comes_twice(ahead: int, now: datetime, zone: tzinfo) -> None:
    at = now.replace(microsecond=0) + timedelta(seconds=ahead)
    wall = at.astimezone(zone).replace(tzinfo=None)
    match read_time(wall.isoformat(sep=" "), now=now, zone=zone, language="en"):
        case Moment(at=found):
            assert found.astimezone(zone).replace(tzinfo=None) == wall
        case Doubt(reason=reason, options=options):
            assert reason is DoubtReason.TWICE
            assert at in options
        case other:
            assert at <= now, other


def test_a_post_is_not_searched_for_a_time() -> None:
    assert read_time("завтра 10:00 " * 30, now=NOW, zone=ZONES[2], language="ru") == Refused(
        RefusedReason.NOT_A_TIME
    )
