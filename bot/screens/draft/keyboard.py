"""Which buttons stand under a card? Those that make sense for what the draft is now; the rarer ones are behind "more"."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.i18n import Translator
from bot.screens.attachments.callbacks import OpenMedia
from bot.screens.draft import callbacks as cb
from bot.screens.draft.checks import Checks, check_rows
from bot.screens.home.callbacks import Home
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.rewrite.callbacks import OpenRewriting
from bot.screens.schedule.callbacks import PickTime, PlanOptimal, Subject
from bot.ui.keyboard import Style, button, grid, keyboard, link
from core.content.models import ContentStatus
from core.content.queries import CardChannel, CardView
from core.platforms.base import Fix, Severity
from core.publications.models import PublicationStatus
from core.settings.service import Usual

_UNDER_WAY = {PublicationStatus.PUBLISHING, PublicationStatus.UNCERTAIN}
Rows = list[list[InlineKeyboardButton | None]]


def card_keyboard(
    card: CardView,
    t: Translator,
    *,
    tab: int,
    undo_open: bool,
    usual: Usual,
    whole: cb.ShowWhole | None,
    checks: Checks,
) -> InlineKeyboardMarkup | None:
    """Return the card's buttons. ``whole`` is set when the preview did not fit, ``usual`` is how posts go out."""
    home = button(t.label("ui-home"), Home())
    links = [
        link(t.label("draft-open", name=_called(card, channel)), channel.url)
        for channel in card.channels
        if channel.url and channel.publication_status is PublicationStatus.PUBLISHED
    ]
    show_whole = button(t.label("draft-whole"), whole) if whole else None
    if undo_open:
        undo = cb.Undo(content=card.content_id, version=card.version)
        return keyboard([button(t.label("draft-undo"), undo, style=Style.PRIMARY)])
    more = button(t.label("draft-more"), cb.MoreButtons(content=card.content_id, tab=tab))
    if card.status is ContentStatus.ARCHIVED:
        return keyboard(*grid(links, 2), [show_whole], [more, home])
    return keyboard(
        *grid(_tabs(card, tab), 3 if len(card.channels) < 4 else 2),
        [show_whole],
        *_repairs(card, t),
        *check_rows(checks, card, t),
        *_questions(card, t),
        *grid(links, 2),
        *_publishing(card, t, usual),
        *_making(card, t),
        *_live(card, t),
        [more, home],
    )


def _called(card: CardView, channel: CardChannel) -> str:
    """The account's name, or the platform's where there are several: many accounts of one owner have the same name."""
    return channel.platform_title if len(card.channels) > 1 else channel.name


def _tabs(card: CardView, tab: int) -> list[InlineKeyboardButton]:
    """One button a channel when there are several: • is shown, ✎ has words of its own, ✕ is switched off."""
    if len(card.channels) < 2:
        return []
    return [
        button(
            ("• " if position == min(tab, len(card.channels) - 1) else "")
            + channel.platform_title
            + (" ✕" if channel.off else " ✎" if channel.own_text else ""),
            cb.OpenCard(content=card.content_id, tab=position),
        )
        for position, channel in enumerate(card.channels)
    ]


def _repairs(card: CardView, t: Translator) -> list[list[InlineKeyboardButton]]:
    """One-tap repairs of what stands in the way; editing is a button of its own anyway."""
    offered = {
        fix
        for channel in card.outlets
        for problem in channel.rendering.problems
        if problem.severity is Severity.BLOCKING
        for fix in problem.fixes
        if fix is not Fix.EDIT
    }
    buttons = [
        button(t.label(f"fix-{fix.value}"), cb.Repair(content=card.content_id, version=card.version, fix=fix))
        for fix in Fix
        if fix in offered
    ]
    return grid(buttons, 2)


def _questions(card: CardView, t: Translator) -> Rows:
    """What only the owner can say: whether the post is live where no answer came."""
    return [
        [
            button(
                t.label("draft-question", name=_called(card, channel)),
                OpenPublication(publication=channel.publication_id),
                style=Style.PRIMARY,
            )
        ]
        for channel in card.channels
        if channel.publication_status is PublicationStatus.UNCERTAIN and channel.publication_id
    ]


def _live(card: CardView, t: Translator) -> Rows:
    """What can be done with a post that is out: bring it to an edited text, or take it down."""
    if all(channel.publication_status is not PublicationStatus.PUBLISHED for channel in card.channels):
        return []
    ids = {"content": card.content_id, "version": card.version}
    edited = card.status is not ContentStatus.PUBLISHED and not card.blocked
    return [
        [button(t.label("draft-update-live"), cb.UpdateLive.model_validate(ids)) if edited else None],
        [button(t.label("draft-take-down"), cb.AskTakeDown.model_validate(ids))],
    ]


def _publishing(card: CardView, t: Translator, usual: Usual) -> Rows:
    """Approve, and the ways out: once it is approved, the way this owner's posts usually go stands first."""
    ids = {"content": card.content_id, "version": card.version}
    statuses = {channel.publication_status for channel in card.channels}
    if statuses & _UNDER_WAY:
        return []
    waits = card.status is ContentStatus.DRAFT and not card.blocked
    approve = button(t.label("draft-approve"), cb.Approve.model_validate(ids), style=Style.SUCCESS)
    if not card.outlets or card.blocked or card.status is ContentStatus.PUBLISHED:
        return [[approve if waits else None]]
    scheduled = PublicationStatus.SCHEDULED in statuses
    first = usual if card.status is ContentStatus.READY and not scheduled else None
    about = {"subject": Subject.CONTENT, "id": card.content_id, "version": card.version}
    best = button(t.label("schedule-optimal"), PlanOptimal.model_validate(about), style=Style.SUCCESS)
    pick = button(
        t.label("draft-reschedule" if scheduled else "draft-schedule"),
        PickTime.model_validate(about),
        style=Style.SUCCESS if first == "at" else None,
    )
    now = button(
        t.label("draft-now"),
        cb.PublishNow.model_validate(ids),
        style=Style.SUCCESS if first == "now" else None,
    )
    return [
        [approve if waits else None],
        [best if first == "optimal" else None],
        [now, pick] if first == "now" else [pick, now],
        [button(t.label("draft-unschedule"), cb.Unschedule.model_validate(ids)) if scheduled else None],
    ]


def _making(card: CardView, t: Translator) -> Rows:
    """Words, files and platforms; a published post keeps its platforms, and AI leaves its words alone."""
    ids = {"content": card.content_id, "version": card.version}
    out = card.status is ContentStatus.PUBLISHED
    on, total = len(card.outlets), len(card.channels)
    outlets = t.label("draft-outlets") if on == total else t.label("draft-outlets-some", on=on, total=total)
    files = len(card.media)
    edit = button(t.label("draft-edit"), cb.EditText.model_validate(ids))
    media = t.label("draft-media-count", n=files) if files else t.label("draft-media")
    files_button = button(media, OpenMedia(content=card.content_id))
    if out:
        return [[edit, files_button]]
    return [
        [edit, button(t.label("draft-regenerate"), OpenRewriting.model_validate(ids))],
        [files_button, button(outlets, cb.OpenOutlets.model_validate(ids)) if total > 1 else None],
    ]
