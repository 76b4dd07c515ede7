"""Does a rehearsal say what a real run does, and change nothing? Are the rules that are brought along sound?"""

from datetime import timedelta
from typing import Any

import pytest

from core.automations import rehearsing, saving
from core.automations.models import AutomationLog
from core.automations.ready_made import LANGUAGES, ready_made
from core.automations.saving import Text
from core.automations.shapes.problems import InvalidRule
from core.content.models import Content
from core.errors import Stale
from core.notifications.models import Notification
from tests.core.automations.conftest import RARE, SPOTLIGHT, Engine


def text(**changes: Any) -> Text:
    values: dict[str, Any] = {
        "name": "Rare", "trigger_type": "event", "trigger_config": {"event": "mint"}, "conditions": RARE, "actions": [SPOTLIGHT],
    }  # fmt: skip
    return Text(**(values | changes))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_ready_made_rule_acts_on_its_sample_and_a_rehearsal_changes_nothing(
    engine: Engine, language: str
) -> None:
    found = ready_made(language)
    assert len(found) >= 8
    assert [one.key for one in found] == [one.key for one in ready_made("en")]
    for one in found:
        report = await rehearsing.dry_run(engine.runtime, engine.product_id, one.text.read(), one.sample)
        assert report.would_act, one.key
        assert all(act.problem is None for act in report.acts), one.key
    for model in (Content, AutomationLog, Notification):
        assert await engine.all(model) == []


async def test_a_rehearsal_shows_drafts_branches_and_what_is_missing(engine: Engine) -> None:
    rule = text(
        conditions=[],
        actions=[
            {"type": "branch", "conditions": [{"field": "n", "operator": ">", "value": 5}], "then": [SPOTLIGHT],
             "else": [{"type": "notify", "message": "Few"}]},
            {"type": "publish", "text": "Out: {n}\nBy: {who}", "delay": "1h"},
            {"type": "cross_promote", "product": "nobody", "idea": "x", "use_ai": False},
        ],
    ).read()  # fmt: skip
    report = await rehearsing.dry_run(engine.runtime, engine.product_id, rule, rehearsing.sample({"n": 7}))
    assert [(act.path, act.kind, act.problem) for act in report.acts] == [
        ("0", "branch", None), ("0.then.0", "generate", "empty"), ("1", "publish", None), ("2", "cross_promote", "no-product"),
    ]  # fmt: skip
    assert (report.acts[2].text, report.acts[2].missing, report.acts[2].delay) == ("Out: 7", ("who",), "1h")


async def test_what_does_not_hold_does_nothing_and_says_why(engine: Engine) -> None:
    report = await rehearsing.dry_run(
        engine.runtime, engine.product_id, text().read(), rehearsing.sample({"rarity_score": 5})
    )
    assert not report.would_act
    assert report.acts == ()
    assert report.verdict.tree["items"][0]["actual"] == 5


async def test_a_backtest_says_what_the_live_rule_does(engine: Engine) -> None:
    options = {"cooldown": "30m", "per_day": 3}
    rule = await engine.rule(conditions=RARE, options=options)
    for number, score in enumerate([97, 10, 98, 99, 95, 50, 96, 99]):
        await engine.happens(token_id=number, rarity_score=score)
        engine.later(minutes=20)
    live = [run.why or "fired" for run in await engine.all(AutomationLog)]
    async with engine.runtime.unit_of_work() as session:
        row = await session.get_one(type(await engine.automation(rule)), rule)
    found = await rehearsing.backtest(
        engine.runtime, engine.product_id, saving.text_of(row).read(), days=1, now=engine.clock.now()
    )
    assert found.events == 8
    assert found.fired == live.count("fired")
    assert found.missed == live.count("conditions")
    assert found.limited == {
        why: live.count(why) for why in ("cooldown", "limit-day", "limit-hour") if why in live
    }  # fmt: skip
    drafts = [draft.original_text for draft in await engine.all(Content)]
    assert [acts[0].text for _, _, acts in reversed(found.firings)] == drafts


async def test_a_backtest_looks_back_as_far_as_asked(engine: Engine) -> None:
    await engine.event(token_id=1, rarity_score=99)
    engine.later(days=3)
    await engine.event(token_id=2, rarity_score=99)
    await engine.event("other", rarity_score=99)
    for days, count in ((1, 1), (4, 2)):
        found = await rehearsing.backtest(
            engine.runtime, engine.product_id, text().read(), days=days, now=engine.clock.now()
        )
        assert (found.events, found.fired) == (count, count)


async def test_a_rule_comes_out_as_json_and_in_again(engine: Engine) -> None:
    async with engine.runtime.unit_of_work() as session:
        made = await saving.create(session, engine.product_id, text(options={"mode": "auto"}))
        document = saving.to_json(saving.text_of(made))
    assert not made.enabled
    again = saving.from_json(document)
    assert saving.to_json(again) == document


async def test_a_change_needs_the_version_it_was_shown_with(engine: Engine) -> None:
    async with engine.runtime.unit_of_work() as session:
        made = await saving.create(session, engine.product_id, text())
    async with engine.runtime.unit_of_work() as session:
        await saving.change(session, made.id, text(name="New"), version=1)
    async with engine.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await saving.change(session, made.id, text(name="Newer"), version=1)
    found = await engine.automation(made.id)
    assert (found.name, found.version) == ("New", 2)


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], [""]), ({}, ["name", "trigger_type", "actions"]),
        ({"name": 5, "odd": 1, "trigger_type": "event", "trigger_config": {"event": "a"}, "actions": [{"type": "pause"}]},
         ["odd", "name"]),
        ({"name": "x", "trigger_type": "event", "trigger_config": 5, "conditions": 5, "actions": 5, "options": 5},
         ["trigger_config", "conditions", "actions", "options"]),
    ],
)  # fmt: skip
def test_a_document_that_is_no_rule_is_refused_with_everything_wrong(document: Any, where: list[str]) -> None:
    with pytest.raises(InvalidRule) as caught:
        saving.from_json(document)
    assert [problem.where for problem in caught.value.problems] == where


async def test_a_changed_time_is_not_an_old_one(engine: Engine) -> None:
    weekly = text(trigger_type="schedule", trigger_config={"cron": "0 10 * * 1"}, conditions=[])
    async with engine.runtime.unit_of_work() as session:
        made = await saving.create(session, engine.product_id, weekly, enabled=True)
        made.next_run_at = engine.clock.now() + timedelta(hours=1)
    daily = text(trigger_type="schedule", trigger_config={"cron": "0 11 * * *"}, conditions=[])
    async with engine.runtime.unit_of_work() as session:
        assert (await saving.change(session, made.id, daily, version=1)).next_run_at is None
