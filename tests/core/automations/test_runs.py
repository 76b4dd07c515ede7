"""Does an event become a post: matched once, step by step, with its reasons in the log?"""

import asyncio
from typing import Any

import pytest

from core.automations import deciding, matching
from core.automations.models import AutomationDraft, AutomationLog
from core.content.models import Content, ContentStatus
from core.errors import Stale
from core.events.models import Event
from core.notifications.models import Notification
from core.publications.models import Publication
from core.text import markdown
from tests.core.automations.conftest import SPOTLIGHT, Engine

WAIT = {"type": "wait", "delay": "1h"}


async def test_an_event_becomes_a_draft_an_alert_and_after_one_tap_two_posts(engine: Engine) -> None:
    rule = await engine.rule()
    event_id = await engine.happens()
    (draft,) = await engine.all(Content)
    assert draft.original_text == "Token 777 scores 97"
    assert draft.status == ContentStatus.DRAFT
    assert await engine.told() == ["approval_wanted"]
    async with engine.runtime.unit_of_work() as session:
        await deciding.approve(session, draft.id, version=1, now=engine.clock.now())
    await engine.publish()
    assert [[post.text for post in platform.wall] for platform in engine.platforms] == [
        ["Token 777 scores 97"]
    ] * 2

    run = await engine.run()
    assert (run.status, run.why, run.event_id) == ("success", None, event_id)
    assert run.conditions["items"] == [
        {"field": "rarity_score", "operator": ">=", "expected": 95, "actual": 97, "held": True}
    ]
    (action,) = run.actions_executed
    assert action["action"] == "generate"
    assert action["result"] == "success"
    assert action["content_id"] == str(draft.id)
    assert run.trigger_data["data"] == {"token_id": 777, "rarity_score": 97}

    (event,) = await engine.all(Event)
    assert event.processed
    assert event.automations_triggered == [str(rule)]
    assert event.result == {"runs": 1, "skipped": 0, "posts_created": 1, "notifications": 0}
    found = await engine.automation(rule)
    assert (found.trigger_count, found.last_triggered) == (1, run.started_at)


async def test_a_second_tap_approves_nothing_twice_and_an_old_one_is_refused(engine: Engine) -> None:
    await engine.rule()
    await engine.happens()
    (draft,) = await engine.all(Content)
    for _ in range(2):
        async with engine.runtime.unit_of_work() as session:
            await deciding.approve(session, draft.id, version=1, now=engine.clock.now())
    assert len(await engine.all(Publication)) == 2
    async with engine.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await deciding.approve(session, draft.id, version=2, now=engine.clock.now())
        with pytest.raises(Stale):
            await deciding.reject(session, draft.id, version=1, now=engine.clock.now())


async def test_what_does_not_hold_is_logged_with_its_reason_and_does_nothing(engine: Engine) -> None:
    await engine.rule()
    await engine.happens(token_id=1, rarity_score=12)
    run = await engine.run()
    assert (run.status, run.why) == ("skipped", "conditions")
    assert run.conditions["items"][0] | {"held": None} == {
        "field": "rarity_score", "operator": ">=", "expected": 95, "actual": 12, "held": None,
    }  # fmt: skip
    assert await engine.all(Content) == []
    assert (await engine.automation(run.automation_id)).trigger_count == 0


async def test_five_workers_that_get_the_same_event_process_it_once(engine: Engine) -> None:
    for name in "abc":
        await engine.rule(name=name)
    event_id = await engine.event()
    found = await asyncio.gather(*(matching.process_event(engine.runtime, event_id) for _ in range(5)))
    assert sum(one is not None for one in found) == 1
    due = await engine.due()
    await asyncio.gather(*(engine.work(f"w{number}") for number in range(4)))
    assert len(due) == 3
    assert len(await engine.all(Content)) == 3
    assert len(await engine.all(AutomationDraft)) == 3
    assert {run.status for run in await engine.all(AutomationLog)} == {"success"}


@pytest.mark.parametrize(
    ("trigger", "kind", "fits"),
    [
        ({"event": "order.*"}, "order.paid", True), ({"event": "order.*"}, "order.paid.eu", True),
        ({"event": "order.*"}, "order", False), ({"event": "*"}, "anything", True),
        ({"event": "order.paid"}, "order.paid.eu", False), ({"event": "Order.paid"}, "order.paid", False),
        ({"event": "order.paid", "source": "shop"}, "order.paid", False),
    ],
)  # fmt: skip
async def test_which_events_a_trigger_means(engine: Engine, trigger: Any, kind: str, fits: bool) -> None:
    await engine.rule(trigger_config=trigger, conditions=[])
    await engine.happens(kind, token_id=1, rarity_score=1)
    assert len(await engine.all(AutomationLog)) == int(fits)


async def test_other_products_rules_and_those_that_are_off_are_not_looked_at(engine: Engine) -> None:
    await engine.rule(enabled=False)
    await engine.rule(trigger_type="schedule", trigger_config={"cron": "0 10 * * 1", "event": "mint"})
    await engine.happens()
    assert await engine.all(AutomationLog) == []


@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        ({"cooldown": "30m"}, ["running", "cooldown"]),
        ({"per_hour": 1}, ["running", "limit-hour"]),
        ({"per_day": 1}, ["running", "limit-day"]),
        ({"per_day": 2}, ["running", "running"]),
    ],
)
async def test_limits_hold(engine: Engine, options: dict[str, Any], statuses: list[str]) -> None:
    await engine.rule(WAIT, options=options)
    for _ in range(2):
        await engine.happens()
        engine.later(minutes=1)
    assert [run.why or run.status for run in await engine.all(AutomationLog)] == statuses
    engine.later(hours=25)
    await engine.happens()
    assert (await engine.all(AutomationLog))[-1].status in {"running", "success"}


async def test_a_run_in_quiet_hours_begins_when_they_are_over(engine: Engine) -> None:
    await engine.rule(options={"quiet_from": "11:00", "quiet_to": "13:30"})  # it is 12:00 in UTC+3
    await engine.happens()
    assert await engine.all(Content) == []
    engine.later(minutes=89)
    await engine.work()
    assert await engine.all(Content) == []
    engine.later(minutes=1)
    await engine.work()
    assert len(await engine.all(Content)) == 1


async def test_switches_stop_what_starts_and_hold_what_runs(engine: Engine) -> None:
    await engine.rule(WAIT, SPOTLIGHT)
    await engine.happens()
    await engine.publishing(paused=True)
    await engine.happens()
    assert (await engine.all(AutomationLog))[-1].why == "paused"
    engine.later(hours=2)
    await engine.work()
    assert await engine.steps() == [("0", "waiting")]
    await engine.publishing(paused=False)
    engine.later(minutes=2)
    await engine.work()
    assert await engine.steps() == [("0", "done"), ("1", "done")]


async def test_a_circle_comes_to_its_end_and_the_owner_hears_of_it_once(engine: Engine) -> None:
    await engine.rule({"type": "notify", "message": "Round {token_id}"}, options={"hops": 2})
    for hops in range(5):
        await engine.happens(hops=hops, token_id=hops, rarity_score=99)
    assert [run.why for run in await engine.all(AutomationLog)] == [None, None, None, "hops", "hops"]
    assert await engine.told() == ["automation_note"] * 3 + ["automation_loop"]


async def test_a_rule_that_cannot_be_read_fails_and_is_told_once(engine: Engine) -> None:
    await engine.rule({"type": "dance"})
    await engine.happens()
    await engine.happens()
    runs = await engine.all(AutomationLog)
    assert [(run.status, run.why) for run in runs] == [("failed", "invalid")] * 2
    assert "actions[0].type" in str(runs[0].error_message)
    assert await engine.told() == ["automation_failed"]


async def test_branches_waits_and_notes_in_one_run(engine: Engine) -> None:
    await engine.rule(
        {
            "type": "branch",
            "conditions": [{"field": "price", "operator": ">", "value": 10}],
            "then": [{"type": "notify", "message": "Big: {price}\nBuyer: {buyer}"}],
            "else": [{"type": "notify", "message": "Small"}],
        },
        {"type": "wait", "delay": "10m"},
        {"type": "notify", "message": "Later"},
        conditions=[],
    )
    await engine.happens(price=12)
    assert await engine.steps() == [("0", "done"), ("0.then.0", "done"), ("1", "waiting")]
    engine.later(minutes=10)
    await engine.work()
    run = await engine.run()
    assert run.status == "success"
    assert run.actions_executed[1]["missing"] == ["buyer"]
    said = [row.payload["text"] for row in await engine.all(Notification)]
    assert said == ["Big: 12", "Later"]


async def test_publishing_the_draft_of_the_step_before_waits_for_the_owner(engine: Engine) -> None:
    await engine.rule(
        SPOTLIGHT, {"type": "publish", "scheduling": "next"}, {"type": "notify", "message": "Out"}
    )
    await engine.happens()
    assert (await engine.run()).status == "running"
    (draft,) = await engine.all(Content)
    async with engine.runtime.unit_of_work() as session:
        await deciding.approve(session, draft.id, version=1, now=engine.clock.now())
    await engine.work()
    assert (await engine.run()).status == "success"
    assert await engine.told() == ["approval_wanted", "automation_note"]


async def test_a_draft_that_is_put_away_ends_what_waited_for_it(engine: Engine) -> None:
    await engine.rule(SPOTLIGHT, {"type": "publish"})
    await engine.happens()
    (draft,) = await engine.all(Content)
    async with engine.runtime.unit_of_work() as session:
        await deciding.reject(session, draft.id, version=1, now=engine.clock.now())
    await engine.work()
    assert await engine.steps() == [("0", "done"), ("1", "skipped")]
    assert await engine.all(Publication) == []


async def test_a_milestone_fires_once_for_each_and_not_again_when_the_number_falls(engine: Engine) -> None:
    await engine.rule(
        {"type": "notify", "message": "{total}"}, conditions=[{"field": "total", "operator": "milestone", "value": 100}]
    )  # fmt: skip
    for total in (98, 99, 101, 99, 102, 250, 300):
        await engine.happens(total=total)
    assert [row.payload["text"] for row in await engine.all(Notification)] == ["101", "250", "300"]


async def test_what_an_event_says_is_shown_literally(engine: Engine) -> None:
    await engine.rule(conditions=[])
    await engine.happens(token_id="**bold** [x](https://evil.example)", rarity_score="<b>")
    (draft,) = await engine.all(Content)
    shown = markdown.parse(draft.original_text)
    assert shown.text == "Token **bold** [x](https://evil.example) scores <b>"
    assert [span.kind for span in shown.spans if span.kind != "link"] == []
    assert all(span.value in {None, "", "https://evil.example"} for span in shown.spans)
