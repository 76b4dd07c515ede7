"""Every screen, in both languages, with difficult values: it fits, its entities are right, and it leads somewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.i18n import LANGUAGES, Markup, Translator, translator
from bot.notifications import (
    channel_error,
    channel_expires,
    failed,
    keys_created,
    late,
    missed,
    model_replaced,
    published,
    settings_unreadable,
    uncertain,
    update_set_aside,
)
from bot.notifications.registry import KINDS
from bot.screens.cancel.callbacks import CancelForm
from bot.screens.draft.view import CardModel, card_screen
from bot.screens.drafts import view as drafts
from bot.screens.help.callbacks import Topic
from bot.screens.help.view import help_screen
from bot.screens.help.view import page as help_page
from bot.screens.home import view as home
from bot.screens.queue import view as queue
from bot.screens.schedule import callbacks as schedule_cb
from bot.screens.schedule import view as schedule
from bot.screens.schedule.callbacks import Subject
from bot.screens.settings.fields import Code
from bot.screens.status import view as status
from bot.ui.confirm import confirm
from bot.ui.form import question
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.ai.checks.findings import FindingCode
from core.ai.choosing import Missing
from core.ai.notices import Notice
from core.alerts.deliveries import Stuck, Way
from core.analytics.week import Week
from core.content.models import ContentStatus
from core.notifications.models import NotificationKind
from core.notifications.policy import SWITCHABLE
from core.publications.models import PublicationStatus
from core.settings.zones import parse_zone
from core.text.when import Doubt, DoubtReason, Refused, RefusedReason
from tests.bot import (
    analytics_samples,
    automation_samples,
    channel_samples,
    checks_samples,
    consent_samples,
    desk_samples,
    group_samples,
    hook_samples,
    learning_samples,
    notification_samples,
    numbers_samples,
    product_samples,
    proposal_samples,
    queue_samples,
    repeat_samples,
    rewrite_samples,
    rule_samples,
    schedule_samples,
    search_samples,
    settings_samples,
    template_samples,
    usage_samples,
    voice_samples,
)
from tests.bot.samples import ID, LONG, NAME, NOW, card, publication
from tests.bot.telegram import buttons_of

ZONE = parse_zone("Europe/Moscow")
Draw = Callable[[Translator], Screen]
Value = TypeVar("Value")
SCREENS: dict[str, Draw] = {}


def screen(name: str, draw: Draw) -> None:
    SCREENS[name] = draw


def of(value: Value, draw: Callable[[Value, Translator], Screen]) -> Draw:
    """Bind what a loop gives, so that every screen keeps its own."""
    return lambda t: draw(value, t)


_WEEKS = [
    home.ProductLine(NAME, Week(10**9, 10**8, 5, 7), paused=True), home.ProductLine("x", Week(engagements=3)),
    home.ProductLine("y", Week()), *[home.ProductLine(NAME, Week(5, 5, 0, 1))] * 6,
]  # fmt: skip


def _home(**changes: object) -> home.HomeModel:
    values: dict[str, object] = {
        "products": _WEEKS, "current": NAME, "automations": home.Automations(5, 2, NOW), "today": [home.Upcoming(NOW, NAME, NAME)] * 9, "today_total": 9,
        "product_id": ID, "hints": [Markup("💡 &lt;b&gt; " * 20)] * 2, "drafts": 3, "waiting": 12, "has_channel": False, "ai_missing": Missing.KEY,
    }  # fmt: skip
    return home.HomeModel(**(values | changes))  # type: ignore[arg-type]


screen("home", lambda t: home.home(_home(), t, ZONE, NOW))
screen(
    "home no numbers",
    lambda t: home.home(
        _home(products=[home.ProductLine(NAME, Week())], automations=home.Automations(1, 0, None)),
        t,
        ZONE,
        NOW,
    ),
)
screen(
    "home empty", lambda t: home.home(_home(products=[], current=None, today=[], today_total=0), t, ZONE, NOW)
)
screen(
    "home quiet",
    lambda t: home.home(_home(today=[], today_total=0, has_channel=True, ai_missing=None), t, ZONE, NOW),
)
screen("languages", lambda t: home.languages(way_back=t.label("ui-back")))
screen("first run", lambda t: home.languages(way_back=None))
screen("help", help_screen)
for topic in Topic:
    screen(f"help {topic}", of(topic, help_page))
for made_by in ("owner", "ai", "template"):
    screen(f"card {made_by}", of(made_by, lambda m, t: card_screen(CardModel(card(made_by=m), ZONE, NOW), t)))
for content in ContentStatus:
    screen(f"card {content}", of(content, lambda s, t: card_screen(CardModel(card(status=s), ZONE, NOW), t)))
for state in PublicationStatus:
    screen(
        f"card with {state}",
        of(
            state,
            lambda s, t: card_screen(
                CardModel(card(status=ContentStatus.READY, publication=s), ZONE, NOW), t
            ),
        ),
    )
    screen(
        f"publication {state}",
        of(state, lambda s, t: queue.publication(publication(s), "Telegram", t, ZONE, NOW)),
    )
for kind in ("paused", "product-paused", "channel-error"):
    held = publication(PublicationStatus.SCHEDULED, held_by=kind)
    screen(f"held {kind}", of(held, lambda p, t: queue.publication(p, "Telegram", t, ZONE, NOW)))
for code in ("late", "late_skipped", "quiet", "not_approved"):
    gone = publication(PublicationStatus.MISSED, error_code=code)
    screen(f"missed {code}", of(gone, lambda p, t: queue.publication(p, "Telegram", t, ZONE, NOW)))
hushed = publication(PublicationStatus.SCHEDULED, error_code="quiet", tries=2)
screen("publication hushed", lambda t: queue.publication(hushed, "Telegram", t, ZONE, NOW))
again = publication(PublicationStatus.SCHEDULED, tries=2, due_at=NOW + timedelta(hours=6))
screen("publication again", lambda t: queue.publication(again, "Telegram", t, ZONE, NOW))
screen(
    "card undo",
    lambda t: card_screen(
        CardModel(
            card(status=ContentStatus.READY, publication=PublicationStatus.SCHEDULED),
            ZONE,
            NOW,
            undo_open=True,
        ),
        t,
    ),
)
_parts = card(status=ContentStatus.PUBLISHED, channels=6)
_ends = (*PublicationStatus, None)
_split = replace(
    _parts,
    channels=tuple(
        replace(channel, publication_id=ID, publication_status=end, scheduled_at=NOW, published_at=NOW)
        for channel, end in zip(_parts.channels, _ends, strict=False)
    ),
)
screen("card in parts", lambda t: card_screen(CardModel(_split, ZONE, NOW), t))
screen("card long", lambda t: card_screen(CardModel(card(LONG), ZONE, NOW), t))
screen("card long told", lambda t: card_screen(CardModel(card(LONG), ZONE, NOW), t, "Что-то " * 40))
screen("card media", lambda t: card_screen(CardModel(card(media=True), ZONE, NOW), t))
screen("card empty", lambda t: card_screen(CardModel(card(""), ZONE, NOW), t))
screen("card many channels", lambda t: card_screen(CardModel(card(channels=6), ZONE, NOW, tab=5), t))
screen("card no channel", lambda t: card_screen(CardModel(card(channels=0), ZONE, NOW), t))
items = (*(publication(state) for state in PublicationStatus), again)
lines = [drafts.DraftLine(ID, 99_999, excerpt, 3, NOW) for excerpt in [NAME, ""] * 4]
screen("drafts", lambda t: drafts.drafts(lines, Page(8, 8, 99), t, NOW))
screen("drafts empty", lambda t: drafts.drafts([], Page(0, 8, 0), t, NOW))
for samples in (
    analytics_samples,
    automation_samples,
    channel_samples,
    consent_samples,
    desk_samples,
    hook_samples,
    group_samples,
    learning_samples,
    numbers_samples,
    notification_samples,
    product_samples,
    proposal_samples,
    queue_samples,
    schedule_samples,
    search_samples,
    settings_samples,
    template_samples,
    checks_samples,
    usage_samples,
    repeat_samples,
    rewrite_samples,
    rule_samples,
    voice_samples,
):
    for name_, draw_ in samples.SCREENS.items():
        screen(name_, draw_)
_status = status.StatusModel(
    version="0.1.0", database="18.4", waiting=5, overdue=2, uncertain=1,
    heartbeats={"bot": NOW, "worker": NOW - timedelta(hours=1)},
    broken=[status.BrokenChannel(NAME, "telegram", "Unauthorized <x>" * 50, ID)] * 30,
    undelivered=3, paused=True, ai_models=(), ai_missing=Missing.KEY, held=4, muted=5, unreadable=[NAME] * 30, paused_products=[NAME] * 30,
    stuck=[Stuck(way, 3, NAME) for way in Way], backup_at=NOW - timedelta(hours=5),
    troubles=[(key, NOW - timedelta(hours=1)) for key in ("redis", "queue", "backup", f"signatures/{ID}", NAME, "part/x")],
)  # fmt: skip
screen("status", lambda t: status.status(_status, t, ZONE, NOW))
_fine = status.StatusModel(
    "dev", "15.1", 0, 0, 0, {}, [], 0, paused=False, ai_models=["x" * 200, NAME], ai_missing=None
)
screen("status fine", lambda t: status.status(_fine, t, ZONE, NOW))
for lack in Missing:
    screen(f"home {lack}", of(lack, lambda m, t: home.home(_home(ai_missing=m), t, ZONE, NOW)))
    without = replace(_status, ai_missing=lack)
    screen(f"status {lack}", of(without, lambda m, t: status.status(m, t, ZONE, NOW)))
about = schedule_cb.PickTime(subject=Subject.CONTENT, id=ID, version=99_999)
for doubted in DoubtReason:
    doubt = Doubt(doubted, tuple(NOW + timedelta(hours=n) for n in range(1, 9)))
    screen(f"doubt {doubted}", of(doubt, lambda d, t: schedule.doubt(about, d, t, ZONE, NOW)))
for refused in RefusedReason:
    for suggestion in (None, NOW + timedelta(days=365)):
        answer = Refused(refused, suggestion)
        screen(
            f"refused {refused} {suggestion}",
            of(answer, lambda r, t: schedule.refused(about, r, t, ZONE, NOW)),
        )
screen("form", lambda t: question(t, t("products-ask-name"), cancel=CancelForm()))
screen("confirm", lambda t: confirm(t, t("draft-ask-delete", number="1"), yes=CancelForm(), no=CancelForm()))
for state in PublicationStatus:
    screen(f"told failed {state}", of(state, lambda s, t: failed.view(publication(s), t, ZONE, NOW)))
    screen(f"told uncertain {state}", of(state, lambda s, t: uncertain.view(publication(s), t, ZONE, NOW)))
for code in ("auth-expired", "rejected", "transient", "other"):
    one = publication(PublicationStatus.FAILED, error_code=code)
    screen(f"told failed {code}", of(one, lambda p, t: failed.view(p, t, ZONE, NOW)))
for code in ("late_skipped", "not_approved"):
    gone = publication(PublicationStatus.MISSED, error_code=code)
    screen(f"told missed {code}", of(gone, lambda p, t: missed.view(p, t, ZONE, NOW)))
screen("told published", lambda t: published.view(publication(PublicationStatus.PUBLISHED), t, ZONE, NOW))
screen("told late", lambda t: late.digest(items * 10, ID, t, ZONE, NOW))
screen("told late choice", lambda t: late.late_choice(items * 10, t, ZONE, NOW))
screen("told channel", lambda t: channel_error.view(ID, NAME, "telegram", "Unauthorized <x>", t))
for ends in (NOW, NOW + timedelta(days=6)):
    screen(
        f"told access {ends}",
        of(ends, lambda at, t: channel_expires.view(ID, NAME, "LinkedIn", at, 5, t, ZONE, NOW)),
    )
screen("told model", lambda t: model_replaced.view([f"{NAME} → {NAME}"] * 2, t))
screen("told update set aside", lambda t: update_set_aside.view(3, NOW, t, ZONE, NOW))
screen("told settings", lambda t: settings_unreadable.view([NAME] * 30, t))
screen("told keys", lambda t: keys_created.view("/home/<me>/keys", t))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_fits_and_leads_somewhere(name: str, language: str) -> None:
    drawn = SCREENS[name](translator(language))
    shown = drawn.plain
    assert 0 < shown.length <= 4096
    for entity in shown.entities:
        assert entity.length > 0
        assert entity.offset >= 0
        assert entity.offset + entity.length <= shown.length
    assert len(shown.entities) <= 100
    buttons = buttons_of(drawn.keyboard)
    assert buttons, "no way back"
    assert len(buttons) <= 100
    for label, data in buttons:
        assert label.strip()
        assert data.startswith("https://") or len(data.encode()) <= 64
    assert "{ $" not in shown.text
    assert "<blockquote>" not in shown.text


def test_a_card_leaves_room_for_what_is_said_above_it() -> None:
    drawn = card_screen(CardModel(card(LONG), ZONE, NOW), translator("ru"), "Notice <b>x</b> " * 60)
    assert drawn.body.text.startswith("Notice x")
    assert 4000 < drawn.body.length <= 4096


def test_a_card_shows_the_post_exactly_as_it_is_published() -> None:
    model = CardModel(card(), ZONE, NOW)
    drawn = card_screen(model, translator("ru"))
    (part,) = model.parts
    start = drawn.body.text.index(part.text)
    offset = len(drawn.body.text[:start].encode("utf-16-le")) // 2
    inside = {
        (e.type, e.offset - offset, e.length)
        for e in drawn.body.entities
        if 0 <= e.offset - offset < part.count
    }
    assert inside == {(e["type"], e["offset"], e["length"]) for e in part.entities}


def test_every_kind_of_notification_has_a_view() -> None:
    assert set(KINDS) == set(NotificationKind)


def test_every_setting_and_every_kind_of_news_that_may_be_switched_off_has_words() -> None:
    for language in LANGUAGES:
        t = translator(language)
        assert all(t.has(f"setting-{code.value}") and t.has(f"setting-{code.value}-about") for code in Code)
        assert all(t.has(f"settings-kind-{kind.value}") for kind in SWITCHABLE)


def test_every_problem_and_notice_of_the_core_has_words() -> None:
    for language in LANGUAGES:
        t = translator(language)
        for notice_code in Notice:
            assert t.has(f"notice-{notice_code.value}")
        for finding in FindingCode:
            assert t.has(f"finding-{finding.value}")
