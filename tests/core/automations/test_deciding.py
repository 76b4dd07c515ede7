"""Who decides about drafts of automations, and how does a rule earn, and lose, the right to act by itself?"""

from datetime import timedelta
from typing import Any

import pytest

from core.automations import autonomy, deciding
from core.automations.models import AutomationDraft
from core.content import service as content
from core.content.models import Content, ContentStatus
from core.errors import Stale
from core.notifications.models import Notification
from core.publications.models import Publication, PublicationStatus
from tests.core.automations.conftest import SPOTLIGHT, Engine

AUTO = {"mode": "auto"}


async def draft_of(engine: Engine, **data: Any) -> Content:
    """Have a rare token minted; the newest draft."""
    await engine.happens(**(data or {"token_id": 1, "rarity_score": 99}))
    found: Content = (await engine.all(Content))[-1]
    return found


async def outcomes(engine: Engine) -> list[str]:
    return [row.outcome for row in await engine.all(AutomationDraft)]


async def test_an_automatic_rule_publishes_by_itself(engine: Engine) -> None:
    await engine.rule(options=AUTO)
    draft = await draft_of(engine)
    assert draft.status == ContentStatus.READY
    await engine.publish()
    assert [len(platform.wall) for platform in engine.platforms] == [1, 1]
    assert (await outcomes(engine), "approval_wanted" in await engine.told()) == (["auto"], False)


async def test_an_action_may_ask_though_its_rule_is_automatic(engine: Engine) -> None:
    await engine.rule(SPOTLIGHT | {"review": "ask"}, options=AUTO)
    assert (await draft_of(engine)).status == ContentStatus.DRAFT


@pytest.mark.parametrize(
    ("idea", "because"), [("Token {token_id}\n{nothing}", "missing"), ("{token_id} " + "x" * 300, "blocked")]
)
async def test_an_automatic_rule_asks_where_something_is_amiss(
    engine: Engine, idea: str, because: str
) -> None:
    await engine.rule(SPOTLIGHT | {"idea": idea}, options=AUTO)
    draft = await draft_of(engine)
    assert draft.status == ContentStatus.DRAFT
    (row,) = await engine.all(AutomationDraft)
    assert (row.outcome, row.asked_because) == ("waiting", because)
    assert await engine.told() == ["approval_wanted"]


async def test_an_automatic_rule_without_a_channel_asks_and_keeps_the_draft(engine: Engine) -> None:
    await engine.rule(SPOTLIGHT | {"platforms": ["mastodon"]}, options=AUTO)
    assert (await draft_of(engine)).status == ContentStatus.DRAFT
    (row,) = await engine.all(AutomationDraft)
    assert row.asked_because == "no-channel"


async def test_a_time_out_without_a_channel_goes_on_asking(engine: Engine) -> None:
    options = {"mode": "ask_timeout", "timeout": "1h", "on_timeout": "publish"}
    await engine.rule(SPOTLIGHT | {"platforms": ["mastodon"]}, options=options)
    await draft_of(engine)
    engine.later(hours=1)
    for _ in range(2):
        await engine.sweep()
    (row,) = await engine.all(AutomationDraft)
    assert (row.outcome, row.asked_because, row.decides_at) == ("waiting", "no-channel", None)


@pytest.mark.parametrize(("on_timeout", "outcome", "posts"), [("publish", "auto", 2), ("drop", "dropped", 0)])
async def test_nobody_answers_in_time(engine: Engine, on_timeout: str, outcome: str, posts: int) -> None:
    await engine.rule(options={"mode": "ask_timeout", "timeout": "2h", "on_timeout": on_timeout})
    draft = await draft_of(engine)
    engine.later(minutes=119)
    await engine.sweep()
    assert await outcomes(engine) == ["waiting"]
    engine.later(minutes=1)
    for _ in range(2):
        await engine.sweep()
    assert await outcomes(engine) == [outcome]
    assert len(await engine.all(Publication)) == posts
    async with engine.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await deciding.reject(session, draft.id, version=1, now=engine.clock.now())


async def test_a_draft_the_owner_works_on_is_not_decided_by_time(engine: Engine) -> None:
    await engine.rule(options={"mode": "ask_timeout", "timeout": "1h", "on_timeout": "publish"})
    draft = await draft_of(engine)
    async with engine.runtime.unit_of_work() as session:
        await content.edit(session, draft.id, expected_version=1, text="Mine")
    engine.later(hours=2)
    await engine.sweep()
    assert await engine.all(Publication) == []
    assert await outcomes(engine) == ["edited"]


async def approve(engine: Engine, draft: Content) -> None:
    async with engine.runtime.unit_of_work() as session:
        await deciding.approve(session, draft.id, version=1, now=engine.clock.now())


async def test_after_enough_approvals_without_an_edit_the_rule_may_act_by_itself(engine: Engine) -> None:
    rule = await engine.rule(options={"offer_after": 2})
    await approve(engine, await draft_of(engine))
    # Approved on its card, as any other draft: it counts as well, once it is seen.
    draft = await draft_of(engine)
    async with engine.runtime.unit_of_work() as session:
        await content.approve(session, draft.id, version=1, now=engine.clock.now())
    for _ in range(2):
        await engine.sweep()
    assert (await engine.automation(rule)).streak == 2
    offers = [row for row in await engine.all(Notification) if row.kind == "autonomy_offered"]
    assert [row.payload["streak"] for row in offers] == [2]
    async with engine.runtime.unit_of_work() as session:
        await autonomy.grant(session, rule, version=1)
    async with engine.runtime.unit_of_work() as session:
        with pytest.raises(Stale):
            await autonomy.grant(session, rule, version=1)
    found = await engine.automation(rule)
    assert (found.options["mode"], found.options["offer_after"], found.version) == ("auto", 2, 2)
    assert (await draft_of(engine)).status == ContentStatus.READY


@pytest.mark.parametrize("how", ["edit", "reject"])
async def test_an_edit_or_a_refusal_starts_the_count_anew(engine: Engine, how: str) -> None:
    rule = await engine.rule()
    await approve(engine, await draft_of(engine))
    draft = await draft_of(engine)
    async with engine.runtime.unit_of_work() as session:
        if how == "edit":
            await content.edit(session, draft.id, expected_version=1, text="Mine")
        else:
            await content.reject(session, draft.id, version=1)
    await engine.sweep()
    assert (await engine.automation(rule)).streak == 0


async def mishap(engine: Engine, how: str, draft: Content) -> None:
    async with engine.runtime.unit_of_work() as session:
        if how == "edited":
            await content.edit(session, draft.id, expected_version=1, text="Mine")
        elif how == "deleted":
            await content.reject(session, draft.id, version=1)
        else:
            for row in await engine.all(Publication):
                (await session.get_one(Publication, row.id)).status = PublicationStatus.FAILED


@pytest.mark.parametrize(("how", "why"), [("edited", "edited"), ("deleted", "edited"), ("failed", "failed")])
async def test_one_mishap_takes_the_freedom_back_and_is_told_once(engine: Engine, how: str, why: str) -> None:
    rule = await engine.rule(options=AUTO)
    await mishap(engine, how, await draft_of(engine))
    for _ in range(2):
        await engine.sweep()
    found = await engine.automation(rule)
    assert (found.options["mode"], found.version) == ("ask", 2)
    told = [row for row in await engine.all(Notification) if row.kind == "autonomy_ended"]
    assert [row.payload["why"] for row in told] == [why]
    assert (await draft_of(engine)).status == ContentStatus.DRAFT


async def test_a_failed_run_takes_the_freedom_back(engine: Engine) -> None:
    rule = await engine.rule(SPOTLIGHT | {"idea": "{nothing}"}, options=AUTO)
    await engine.happens()
    assert (await engine.automation(rule)).options["mode"] == "ask"
    assert await engine.told() == ["automation_failed", "autonomy_ended"]


async def test_a_post_from_long_ago_is_held_against_nobody(engine: Engine) -> None:
    rule = await engine.rule(options=AUTO)
    draft = await draft_of(engine)
    engine.clock.advance(deciding.WATCHED + timedelta(days=500))
    await mishap(engine, "edited", draft)
    await engine.sweep()
    assert (await engine.automation(rule)).options["mode"] == "auto"
