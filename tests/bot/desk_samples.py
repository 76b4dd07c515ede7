"""Every screen of the draft desk, with difficult values."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.i18n import Translator
from bot.notifications import approval_expired
from bot.screens.attachments import view as attachments
from bot.screens.batch import view as batch
from bot.screens.compose import view as compose
from bot.screens.draft import outlets, reading
from bot.screens.draft.editing_view import ask_for_platform, ask_for_text
from bot.screens.draft.view import CardModel, card_screen
from bot.screens.versions import view as versions
from bot.screens.week import view as week
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.content.batch import Approved
from core.content.models import ContentStatus
from core.content.queries import CardView
from core.content.spreading import Planned
from core.content.weeks import WeekPost
from core.platforms.base import MediaItem, MediaKind
from core.publications.errors import NoChannel
from core.publications.models import PublicationStatus
from core.settings.zones import parse_zone
from core.templates.kinds import PostKind
from tests.bot.samples import ID, LONG, NAME, NOW, TEXT, card

ZONE = parse_zone("Europe/Moscow")
SCREENS: dict[str, Callable[[Translator], Screen]] = {}


def several(*, off: bool = False, **changes: object) -> CardView:
    """Return a card with six channels, the first two with words of their own, the others perhaps off."""
    made = card(channels=6)
    channels = tuple(
        replace(channel, own_text=position < 2, off=off and position >= 2, platform="mastodon")
        for position, channel in enumerate(made.channels)
    )
    return replace(made, channels=channels, **changes)  # type: ignore[arg-type]


def _card(view: CardView, **changes: object) -> Callable[[Translator], Screen]:
    return lambda t: card_screen(CardModel(view, ZONE, NOW, **changes), t)  # type: ignore[arg-type]


ready = card(status=ContentStatus.READY, publication=PublicationStatus.SCHEDULED)
SCREENS["card own texts"] = _card(several(), tab=1)
SCREENS["card some off"] = _card(several(off=True), tab=5)
SCREENS["card all off"] = _card(
    replace(several(), channels=tuple(replace(channel, off=True) for channel in several().channels))
)
SCREENS["card forwarded"] = _card(
    replace(card(), origin={"name": NAME, "url": ""}, wanted_on=date(2026, 3, 4))
)
SCREENS["card approved for a while"] = _card(replace(ready, approval_expires_at=NOW + timedelta(hours=5)))
SCREENS["card approved no more"] = _card(replace(ready, approval_expires_at=NOW))
for state in ContentStatus:
    SCREENS[f"more {state}"] = _card(card(status=state, made_by="ai"), more=True)
SCREENS["more short"] = _card(card("Короткий текст"), more=True)
SCREENS["reading"] = lambda t: reading.whole(CardModel(card(LONG), ZONE, NOW), 3, t)
SCREENS["reading past the end"] = lambda t: reading.whole(CardModel(card(LONG), ZONE, NOW), 999, t)
SCREENS["outlets"] = lambda t: outlets.view(several(off=True), t)
SCREENS["ask text"] = lambda t: ask_for_text(card(), t)
SCREENS["ask text of several"] = lambda t: ask_for_text(several(), t)
SCREENS["ask text of one"] = lambda t: ask_for_platform(several(), "mastodon", t)

_LOOK = versions.Look(ID, 99_999, 99_999, ZONE, NOW)
_LINES = [
    versions.VersionLine(99_999, NOW, "edited", "ai", TEXT, 3, "Сухо <b>и</b> скучно " * 40),
    versions.VersionLine(2, NOW - timedelta(days=400), "media", None, "", 0),
    versions.VersionLine(1, NOW, "something-new", "owner", NAME, 1),
] * 2
SCREENS["versions"] = lambda t: versions.versions(_LOOK, _LINES, Page(6, 6, 99), t)
SCREENS["version current"] = lambda t: versions.version(
    _LOOK, _LINES[0], CardModel(card(), ZONE, NOW).parts, t
)
SCREENS["version old"] = lambda t: versions.version(
    _LOOK, _LINES[1], CardModel(card(LONG), ZONE, NOW).parts, t
)
SCREENS["version empty"] = lambda t: versions.version(_LOOK, _LINES[1], (), t)

_FILES = [
    MediaItem(kind, "media://" + "a" * 64 + ".bin", alt=alt, file_name=name)
    for kind in MediaKind
    for alt, name in (("", ""), ("<b>Кот</b> " * 100, NAME))
] * 3
_MODEL = attachments.Files(ID, 99_999, 99_999, _FILES)
SCREENS["files"] = lambda t: attachments.files(_MODEL, t)
SCREENS["files none"] = lambda t: attachments.files(replace(_MODEL, items=[]), t)
for position in (0, 1, len(_FILES) - 1):
    SCREENS[f"file {position}"] = lambda t, at=position: attachments.file(_MODEL, at, t)  # type: ignore[misc]
    SCREENS[f"ask alt {position}"] = lambda t, at=position: attachments.ask_alt(_MODEL, at, t)  # type: ignore[misc]
SCREENS["ask files"] = lambda t: attachments.ask_files(_MODEL, t)

SCREENS["told approval expired"] = lambda t: approval_expired.view(card(), 99_999, t, ZONE, NOW)
SCREENS["told approval expired planned"] = lambda t: approval_expired.view(
    card(publication=PublicationStatus.SCHEDULED), 1, t, ZONE, NOW
)

_BATCH = [
    batch.BatchLine(ID, 99_999, 99_999, NAME, TEXT, 3, ticked=True),
    batch.BatchLine(ID, 2, 1, NAME, "", 1, ticked=False),
    batch.BatchLine(ID, 3, 1, "x", LONG, 0, ticked=False, blocked=True),
] * 2
SCREENS["batch"] = lambda t: batch.checklist(_BATCH, batch.Ticks(5, 2**32 - 1), Page(6, 6, 99), t)
SCREENS["batch none"] = lambda t: batch.checklist(_BATCH[1:3], batch.Ticks(0, 0), Page(0, 6, 2), t)
SCREENS["batch empty"] = lambda t: batch.checklist([], batch.Ticks(0, 0), Page(0, 6, 0), t)
SCREENS["batch homeless"] = lambda t: batch.approved(Approved([1, 2], homeless=True), 1, t)
for n in (0, 1, 3, 50):
    _several = list(range(1, n + 1))
    SCREENS[f"batch approved {n}"] = lambda t, s=_several: batch.approved(  # type: ignore[misc]
        Approved(s or [1], s, s), 1, t
    )
    SCREENS[f"batch planned {n}"] = lambda t, s=_several: batch.planned(  # type: ignore[misc]
        [*(Planned(ID, x, NOW + timedelta(days=x)) for x in s), Planned(ID, 9, refusal=NoChannel())],
        t,
        ZONE,
        NOW,
    )
SCREENS["approve unseen"] = lambda t: batch.to_look_at({1: ID, 2: ID}, ["#3", "#4"], t)
SCREENS["approve unseen 1"] = lambda t: batch.to_look_at({1: ID}, ["#3"], t)

_NAMES = [compose.ProductName(ID, NAME)] * 30
SCREENS["new post"] = lambda t: compose.new_post(_NAMES[0], _NAMES, t)
SCREENS["new post alone"] = lambda t: compose.new_post(_NAMES[0], [], t)
SCREENS["which product"] = lambda t: compose.which(_NAMES, NAME, t, known=True)
SCREENS["no such product"] = lambda t: compose.which(_NAMES, NAME, t, known=False)

_KEYS = [uuid.UUID(int=number) for number in range(7)]
_POSTS = [
    WeekPost(date(2026, 3, 3) + timedelta(days=number), kind, "<b>Мысль</b> " * 80 if number % 2 else None)
    for number, kind in enumerate(list(PostKind)[:7])
]
_WRITTEN = [replace(post, content_id=key) for post, key in zip(_POSTS, _KEYS, strict=True)]
_WEEK = week.Week(ID, 99_999, ID, NAME, _POSTS, date(2026, 3, 3), described=True)
_DONE = replace(
    _WEEK, posts=_WRITTEN[:5] + _POSTS[5:], begun=True, written=dict.fromkeys(_KEYS[:4], (99999, TEXT))
)
SCREENS["week"] = lambda t: week.plan(_WEEK, t)
SCREENS["week undescribed"] = lambda t: week.plan(replace(_WEEK, described=False, posts=_POSTS[:1]), t)
SCREENS["week which"] = lambda t: week.choose([(ID, NAME)] * 20, t)
SCREENS["week progress"] = lambda t: week.progress(_DONE, 5, t)
SCREENS["week stopped"] = lambda t: week.plan(_DONE, t)
SCREENS["week written"] = lambda t: week.plan(replace(_DONE, posts=_WRITTEN), t)
SCREENS["week being written"] = lambda t: week.plan(replace(_DONE, posts=_POSTS, writing=True), t)
for at in range(2):
    SCREENS[f"week post {at}"] = lambda t, at=at: week.post(_WEEK, at, t)  # type: ignore[misc]
    SCREENS[f"week thought {at}"] = lambda t, at=at: week.ask_thought(_WEEK, at, t)  # type: ignore[misc]
SCREENS["week last post"] = lambda t: week.post(replace(_WEEK, posts=_POSTS[:1]), 0, t)
