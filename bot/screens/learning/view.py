"""What do the learned rules look like? What was noticed, what it would change, and the edits that show it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import SendCard
from bot.screens.home.callbacks import Home
from bot.screens.learning import callbacks as cb
from bot.screens.voice.callbacks import OpenVoice
from bot.screens.voice.words import field_name
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, Style, button, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.learning.models import ProposalStatus
from core.learning.signs import SignCode
from core.products.voice_proposal import Piece

_ITEM = 200  # characters of a rule


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A proposal in the list."""

    proposal_id: uuid.UUID
    code: SignCode
    value: str  # the word, emoji or phrase it is about
    n: int
    status: ProposalStatus


@dataclass(frozen=True, slots=True)
class Evidence:
    """One edit: what AI had written and what the owner made of it; ``content_id`` opens the post."""

    number: int
    content_id: uuid.UUID
    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleModel:
    """One proposal with the edit that is shown of its ``page.total``."""

    product_id: uuid.UUID
    product_name: str
    line: RuleLine
    pieces: Sequence[Piece]
    page: Page
    evidence: Evidence | None


def rules(product_id: uuid.UUID, name: str, lines: Sequence[RuleLine], page: Page, t: Translator) -> Screen:
    """Draw a page of the list."""
    back = [
        button(t.label("voice-back"), OpenVoice(product=product_id)),
        button(t.label("ui-home"), Home()),
    ]
    title = t("learning-title", name=fmt.short(name, 100))
    if not lines:
        return Screen.of(f"{title}\n\n{t('learning-empty')}", keyboard(back))
    opened = [
        [
            button(
                ("✅ " if line.status is ProposalStatus.ACCEPTED else "") + _noticed(line, t),
                cb.OpenRule(proposal=line.proposal_id),
            )
        ]
        for line in lines
    ]
    arrows = pager(page, lambda offset: cb.OpenRules(product=product_id, offset=offset))
    return Screen.of(f"{title}\n\n{t('learning-hint')}", keyboard(*opened, arrows, back))


def rule(model: RuleModel, t: Translator, now: datetime) -> Screen:
    """Draw one proposal."""
    blocks = [
        t("learning-noticed", noticed=_noticed(model.line, t), n=model.line.n),
        "\n".join([t(_CHANGES[model.line.status]), *(_piece(piece, t) for piece in model.pieces)]),
    ]
    if model.evidence is not None:
        blocks.append(_evidence(model.evidence, model.page, t, now))
    else:
        blocks.append(t("learning-evidence-gone"))
    return Screen.of("\n\n".join(blocks), keyboard(*_rows(model, t)))


def told(model: RuleModel, t: Translator, now: datetime) -> Screen:
    """Draw the notification: the same with a line above that says where it comes from."""
    return rule(model, t, now).noticed(t("learning-told", name=fmt.short(model.product_name, 100)))


_CHANGES = {
    ProposalStatus.PROPOSED: "learning-would-change",
    ProposalStatus.ACCEPTED: "learning-changed",
    ProposalStatus.DISMISSED: "learning-dismissed-line",
    ProposalStatus.UNDONE: "learning-undone-line",
}


def _rows(model: RuleModel, t: Translator) -> list[Row]:
    proposal = model.line.proposal_id
    deeds: list[Row] = []
    if model.line.status is ProposalStatus.PROPOSED:
        accept = button(t.label("learning-accept"), cb.AcceptRule(proposal=proposal), style=Style.SUCCESS)
        deeds = [[accept], [button(t.label("learning-dismiss"), cb.DismissRule(proposal=proposal))]]
    elif model.line.status is ProposalStatus.ACCEPTED:
        deeds = [[button(t.label("learning-undo"), cb.UndoRule(proposal=proposal))]]
    shown = model.evidence
    post = (
        button(t.label("learning-post", number=str(shown.number)), SendCard(content=shown.content_id))
        if shown
        else None
    )
    return [
        *deeds,
        pager(model.page, lambda offset: cb.OpenRule(proposal=proposal, offset=offset)),
        [post],
        [
            button(t.label("learning-back"), cb.OpenRules(product=model.product_id)),
            button(t.label("ui-home"), Home()),
        ],
    ]


def _noticed(line: RuleLine, t: Translator) -> str:
    return t.label(f"learning-sign-{line.code.value}", value=fmt.short(line.value, 40))


def _piece(piece: Piece, t: Translator) -> Markup:
    value = ", ".join(fmt.short(item, _ITEM) for item in piece.items)
    return Markup(f"• {escape(field_name(t, piece.field))}: <b>{escape(value)}</b>")


def _evidence(shown: Evidence, page: Page, t: Translator, now: datetime) -> str:
    head = t(
        "learning-evidence",
        n=str(page.number),
        total=str(page.count),
        number=str(shown.number),
        distance=fmt.distance(t, shown.at, now),
    )
    return "\n".join(
        [head, t("learning-before"), _quoted(shown.before), t("learning-after"), _quoted(shown.after)]
    )


def _quoted(text: str) -> Markup:
    # Not through the texts of the language: Fluent refuses values above 1000 characters, escapes included.
    return Markup(f"<blockquote>{escape(text)}</blockquote>")
