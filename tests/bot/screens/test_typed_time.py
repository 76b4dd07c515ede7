"""A typed time is said back, asked about, or refused with a way on; nothing counts before it is confirmed."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.i18n import translator
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule import view
from bot.screens.schedule.callbacks import Subject
from core.channels.models import Channel
from core.publications.models import Publication
from core.runtime import Runtime
from core.text.when import Doubt, read_time
from tests.bot.person import Person
from tests.bot.telegram import buttons_of

OWN = "This is a finished text of my own.\n\nIt has several paragraphs.\n\nSo it is not an idea."
BERLIN = ZoneInfo("Europe/Berlin")
IDS = {"subject": Subject.CONTENT, "id": uuid.UUID(int=1), "version": 1}


async def planned(runtime: Runtime) -> list[str]:
    async with runtime.unit_of_work() as session:
        moments = await session.scalars(select(Publication.scheduled_at))
        return [moment.isoformat() for moment in moments]


async def asked_for_a_time(owner: Person) -> None:
    await owner.says(OWN)
    await owner.taps("Schedule")
    await owner.taps("Type a time")


async def test_a_doubt_is_answered_by_a_button(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await asked_for_a_time(owner)
    await owner.says("monday 6pm")  # it is Monday
    assert "This week or the next?" in owner.text
    assert owner.labels == ["Mon, 2 March, 18:00", "Mon, 9 March, 18:00", "Cancel"]
    await owner.taps("9 March")
    assert "Mon, 9 March, 18:00" in owner.text
    assert "UTC+3" in owner.text
    assert "in 7 days" in owner.text
    assert not await planned(runtime)
    await owner.taps("Schedule it")
    assert await planned(runtime) == ["2026-03-09T15:00:00+00:00"]


async def test_a_doubt_is_answered_in_words_too(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await asked_for_a_time(owner)
    await owner.says("tomorrow")
    assert "At what hour?" in owner.text
    await owner.says("завтра в девять вечера")
    assert "Tue, 3 March, 21:00" in owner.text
    await owner.taps("Schedule it")
    assert await planned(runtime) == ["2026-03-03T18:00:00+00:00"]


async def test_a_refusal_offers_what_may_be_meant(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await asked_for_a_time(owner)
    await owner.says("today 9:00")
    assert "has passed" in owner.text
    assert owner.labels == ["Tue, 3 March, 09:00", "Cancel"]
    await owner.says("31.02 10:00")
    assert "no such day" in owner.text
    assert owner.labels == ["Cancel"]
    await owner.taps("3 March")
    await owner.taps("Schedule it")
    assert await planned(runtime) == ["2026-03-03T06:00:00+00:00"]


async def test_a_chosen_moment_ends_the_waiting(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await asked_for_a_time(owner)
    await owner.says("at 5")
    await owner.taps("17:00")
    await owner.says("tomorrow 10:00")
    assert "goes out" not in owner.text  # a new idea, not a time


async def test_cancel_leads_back_to_the_picker(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await asked_for_a_time(owner)
    await owner.says("someday")
    await owner.taps("Cancel")
    assert "When shall it go out?" in owner.text
    assert any("Type a time" in label for label in owner.labels)


def test_a_time_that_comes_twice_is_told_apart_by_its_offset() -> None:
    now = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)
    reading = read_time("завтра 2:30", now=now, zone=BERLIN, language="ru")
    assert isinstance(reading, Doubt)
    t = translator("ru")
    asked = view.doubt(cb.PickTime.model_validate(IDS), reading, t, BERLIN, now)
    labels = [label for label, _ in buttons_of(asked.keyboard)]
    assert labels == ["вс, 25 октября, 02:30 · UTC+2", "вс, 25 октября, 02:30 · UTC+1", "Отмена"]
    second = cb.PickAt.model_validate(IDS | {"at": int(reading.options[1].timestamp())})
    assert "(Europe/Berlin, UTC+1)" in view.echo(second, view.Picking("#1"), t, BERLIN, now).body.text
    later = cb.PickAt.model_validate(IDS | {"at": second.at + int(timedelta(hours=5).total_seconds())})
    assert "(Europe/Berlin)" in view.echo(later, view.Picking("#1"), t, BERLIN, now).body.text
