"""Every button of every kind of news, tapped: it does what it says. A new kind, or a new button, has to say what that is."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message
from sqlalchemy import select, update

from bot import notifier
from bot.notifications.registry import KINDS
from bot.screens.settings.callbacks import SwitchKind
from bot.ui.callbacks import REGISTRY
from bot.ui.screen import Screen, send
from core.automations.models import Automation
from core.channels import expiry
from core.channels.models import Channel, ChannelConsent, ConsentStatus
from core.clock import ManualClock
from core.content import service as content
from core.content.models import ContentRepeat
from core.learning.models import RuleProposal
from core.notifications import service as notifications
from core.notifications.models import NotificationKind, Trouble
from core.products.models import Product
from core.publications.models import PublicationStatus
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import buttons_of
from tests.bot.test_learning_flow import calms
from tests.bot.test_notifier import planned
from tests.bot.test_proposals_flow import minted, newest, rule

Kind = NotificationKind


@dataclass(frozen=True, slots=True)
class World:
    """What news can be about."""

    owner: Person
    bot: Bot
    runtime: Runtime
    product: Product
    channel: Channel

    @property
    def now(self) -> datetime:
        """The moment it is."""
        return self.runtime.clock.now()

    async def post(self, **values: Any) -> str:
        """A post that has come to be as ``values`` say."""
        return str(await planned(self.owner, self.runtime, **values))

    async def add(self, row: Any) -> str:
        """Keep a row; its id."""
        async with self.runtime.unit_of_work() as session:
            session.add(row)
            await session.flush()
            return str(row.id)


@pytest.fixture
def world(owner: Person, bot: Bot, runtime: Runtime, product: Product, channel: Channel) -> World:
    """An owner with a product and a channel."""
    return World(owner, bot, runtime, product, channel)


async def _published(w: World) -> dict[str, Any]:
    return {"publication_id": await w.post(status="published", published_at=w.now)}


async def _stood_out(w: World) -> dict[str, Any]:
    found = {"value": 31, "average": 9.5, "sample": 11, "channel_id": str(w.channel.id), "days": 3}
    return await _published(w) | found


async def _failed(w: World) -> dict[str, Any]:
    return {"publication_id": await w.post(status="failed", error_code="rejected", error_message="No")}


async def _uncertain(w: World) -> dict[str, Any]:
    return {"publication_id": await w.post(status="uncertain")}


async def _late(w: World) -> dict[str, Any]:
    late = {
        "status": PublicationStatus.MISSED,
        "error_code": "late",
        "scheduled_at": w.now - timedelta(hours=5),
    }
    return {"publication_ids": [await w.post(**late) for _ in range(2)]}


async def _missed(w: World) -> dict[str, Any]:
    return {"publication_id": await w.post(status=PublicationStatus.MISSED, error_code="late")}


async def _channel(w: World) -> dict[str, Any]:
    return {"channel_id": str(w.channel.id)}


async def _expires(w: World) -> dict[str, Any]:
    return await _channel(w) | {"ends_at": (w.now + timedelta(days=3)).isoformat()}


async def _spending(w: World) -> dict[str, Any]:
    return {"period": "day", "level": "cap", "limit_usd": "2.50"}


async def _nothing(w: World) -> dict[str, Any]:
    return {"group": "general", "fields": ["language"], "models": ["old → new"], "path": "/keys"}


async def _approved_once(w: World) -> dict[str, Any]:
    async with w.runtime.unit_of_work() as session:
        draft = await content.create_draft(session, product_id=w.product.id, text="A text of mine")
    return {"content_id": str(draft.id), "version": draft.version}


async def _consent(w: World) -> dict[str, Any]:
    shown = await send(w.bot, OWNER, Screen.of("A link"))
    left = ChannelConsent(
        state_hash=uuid.uuid4().hex, platform="mastodon", way="consent", product_id=w.product.id, chat_id=OWNER,
        message_id=shown.message_id, status=ConsentStatus.FAILED, outcome={"why": "declined"},
        expires_at=w.now + timedelta(hours=1),
    )  # fmt: skip
    return {"consent_id": await w.add(left)}


async def _proposed_rule(w: World) -> dict[str, Any]:
    async with w.runtime.unit_of_work() as session:
        await session.execute(update(RuleProposal).values(status="proposed", decided_at=None))
        found = await session.scalar(select(RuleProposal.id))
    if found is not None:
        return {"proposal_id": str(found)}
    await calms(w.owner, w.runtime, w.product, range(5))
    return await _proposed_rule(w)


async def _trouble(w: World) -> dict[str, Any]:
    return {
        "trouble_id": await w.add(Trouble(key=f"part/{uuid.uuid4().hex}", began_at=w.now, ended_at=w.now))
    }


async def _set_aside(w: World) -> dict[str, Any]:
    return {"attempts": 3, "received_at": w.now.isoformat()}


async def _silence(w: World) -> dict[str, Any]:
    return {"product_id": str(w.product.id), "last": (w.now - timedelta(days=9)).isoformat()}


async def _day(w: World) -> dict[str, Any]:
    day = (w.now + timedelta(days=1)).date().isoformat()
    return {"product_id": str(w.product.id), "day": day, "count": 31, "limit": 30}


async def _repeat(w: World) -> dict[str, Any]:
    async with w.runtime.unit_of_work() as session:
        draft = await content.create_draft(session, product_id=w.product.id, text="Again and again")
    row = ContentRepeat(
        content_id=draft.id,
        content_version=1,
        cron="0 18 * * *",
        timezone="UTC",
        next_at=w.now + timedelta(days=1),
        enabled=True,
    )
    return {"repeat_id": await w.add(row), "moment": w.now.isoformat(), "why": "busy"}


async def _milestone(w: World) -> dict[str, Any]:
    return await _channel(w) | {"what": "followers", "milestone": 1000, "value": 1004}


async def _untold(w: World) -> dict[str, Any]:
    return await _channel(w) | {"what": "posts"}


async def _wanted(w: World) -> dict[str, Any]:
    made = await rule(w.runtime, w.product)
    await minted(w.runtime, w.bot, w.product)
    await _switch_off(w, made)
    return {"automation_id": str(made.id), "content_id": str((await newest(w.runtime)).id), "version": 1}


async def _switch_off(w: World, made: Automation) -> None:
    async with w.runtime.unit_of_work() as session:
        (await session.get_one(Automation, made.id)).enabled = False


async def _rule(w: World) -> dict[str, Any]:
    made = await rule(w.runtime, w.product)
    await _switch_off(w, made)
    return {"automation_id": str(made.id), "why": "failed", "text": "Told", "streak": 5, "version": 1}


ABOUT: Mapping[NotificationKind, Callable[[World], Awaitable[dict[str, Any]]]] = {
    Kind.PUBLISHED: _published, Kind.FAILED: _failed, Kind.UNCERTAIN: _uncertain, Kind.LATE: _late, Kind.MISSED: _missed,
    Kind.CHANNEL_ERROR: _channel, Kind.CHANNEL_EXPIRES: _expires, Kind.AI_SPENDING: _spending, Kind.KEYS_CREATED: _nothing,
    Kind.SETTINGS_UNREADABLE: _nothing, Kind.APPROVAL_EXPIRED: _approved_once, Kind.MODEL_REPLACED: _nothing,
    Kind.CONSENT: _consent, Kind.RULE_PROPOSED: _proposed_rule, Kind.TROUBLE: _trouble, Kind.TROUBLE_OVER: _trouble,
    Kind.SILENCE: _silence, Kind.EMPTY_TOMORROW: _day, Kind.TOO_MANY: _day, Kind.REPEAT_SKIPPED: _repeat,
    Kind.MILESTONE: _milestone, Kind.SPIKE: _stood_out, Kind.DROP: _stood_out, Kind.APPROVAL_WANTED: _wanted,
    Kind.AUTOMATION_NOTE: _rule, Kind.AUTOMATION_FAILED: _rule, Kind.AUTOMATION_LOOP: _rule,
    Kind.AUTONOMY_OFFERED: _rule, Kind.AUTONOMY_ENDED: _rule, Kind.NUMBERS_UNTOLD: _untold,
    Kind.UPDATE_SET_ASIDE: _set_aside,
}  # fmt: skip
# What is seen once a button was tapped.
DOES: Mapping[str, str] = {
    "Home": "🏠 NEXUS", "OpenUsage": "What AI has cost", "OpenSetting": "Cap a day", "OpenSection": "✨ AI",
    "OpenStatus": "🩺 Status", "OpenQueue": "📅 Queue", "OpenDay": "📅 Tue, 3 March", "OpenAnalytics": "📊 Analytics",
    "OpenSuggestions": "What could be done", "OpenChannel": "📣 @tea", "OpenChannels": "📣 Channels",
    "Reconnect": "A Telegram channel or group", "ConnectFor": "Where shall “Tea & Co” be published",
    "RenewConsent": "Looking whether everything is in place", "NewPostOf": "A new post for “Tea & Co”",
    "PlanWeek": "A week of “Tea & Co”", "SwitchKind": "🔔 Notifications", "SendCard": "📝 #", "Approve": "Version 1 approved",
    "OpenPublication": "@tea (Telegram)", "PickTime": "When shall it go out?", "Retry": "Sending it again",
    "ItIsLive": "Noted: the post is live", "SendAgain": "Sending it again", "LookAgain": "🔍 It cannot be seen from here",
    "ChooseLate": "Decide one by one", "AcceptAll": "Sending 2 posts", "SkipAll": "Skipped 2 posts",
    "MakePost": "Made from a template", "OpenRepeat": "🔁", "OpenRule": "That is how you changed",
    "OpenRules": "Rules from your edits", "AcceptRule": "Remembered", "DismissRule": "Not taken",
    "OpenAutomation": "Rare mint", "OpenRuns": "📜 Log", "ApproveProposal": "✅ Approved:",
    "RejectProposal": "Nothing goes out", "GrantAutonomy": "publishes by itself from now on", "KeepAsking": "It goes on asking",
}  # fmt: skip


async def told(world: World, kind: NotificationKind) -> Message:
    """Have the news of this kind delivered; the message."""
    payload = await ABOUT[kind](world)
    await notifier.drain(world.runtime, world.bot)  # what came of the making itself
    before = {message.message_id for message in world.owner.messages}
    async with world.runtime.unit_of_work() as session:
        await notifications.notify(
            session, kind, payload=payload, product_id=world.product.id, not_before=world.now,
            dedupe_key=uuid.uuid4().hex, priority="high",
        )  # fmt: skip
    assert await notifier.drain(world.runtime, world.bot) == 1
    if kind is Kind.CONSENT:  # redraws a message that is there
        return next(m for m in reversed(world.owner.messages) if buttons_of(m.reply_markup))
    (fresh,) = [message for message in world.owner.messages if message.message_id not in before]
    return fresh


async def stays_silent(world: World, kind: NotificationKind) -> None:
    """See that nothing of this kind is told any more, and switch it on again."""
    payload = await ABOUT[kind](world)
    heard = len(world.owner.messages)
    async with world.runtime.unit_of_work() as session:
        await notifications.notify(
            session, kind, payload=payload, product_id=world.product.id, not_before=world.now,
            dedupe_key=uuid.uuid4().hex,
        )  # fmt: skip
    await notifier.drain(world.runtime, world.bot)
    assert len(world.owner.messages) == heard
    await world.owner.taps_data(SwitchKind(kind=kind, on=True).pack(), world.owner.screen)


def test_every_kind_is_walked() -> None:
    assert set(ABOUT) == set(KINDS) == set(NotificationKind)


@pytest.mark.parametrize("kind", NotificationKind)
async def test_every_button_does_what_it_says(
    world: World, kind: NotificationKind, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind is Kind.RULE_PROPOSED:
        clock.set(datetime.now(UTC) + timedelta(minutes=1))  # as the rows have the database's own time
    monkeypatch.setattr(expiry, "still_ends", lambda *_: True)  # a bot of Telegram's never expires
    await world.owner.says("/start")
    wrong: dict[str, str] = {}
    tapped: set[str] = set()
    while True:
        message = await told(world, kind)  # news anew for every tap: the one before may have ended it
        buttons = buttons_of(message.reply_markup)
        assert buttons, "news without a way on"
        # A button with an address opens it by itself.
        left = [one for one in buttons if one[0] not in tapped and one[1].partition(":")[0] in REGISTRY]
        if not left:
            break
        label, data = left[0]
        tapped.add(label)
        before = len(world.owner.telegram.calls)
        await world.owner.taps_data(data, message)
        calls = world.owner.telegram.calls[before:]
        said = " | ".join(
            str(getattr(call, "text", None) or getattr(call, "caption", None) or "") for call in calls
        )
        name = REGISTRY[data.partition(":")[0]].__name__
        if name not in DOES or DOES[name] not in said:
            wrong[f"{label} ({name})"] = said[:300]
        if name == "SwitchKind":
            await stays_silent(world, kind)
    assert wrong == {}
