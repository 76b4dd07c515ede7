"""What does the owner see of a draft that an automation made, and of a rule that could act by itself?"""

import uuid
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.i18n import Markup, Translator
from bot.screens.automations.callbacks import OpenAutomation, OpenRuns
from bot.screens.draft.callbacks import SendCard
from bot.screens.proposals import callbacks as cb
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, Style, button, keyboard
from bot.ui.screen import Screen
from core.automations.models import DraftOutcome
from core.content.models import ContentStatus
from core.content.queries import CardView
from core.text import markdown

_EXCERPT = 700  # characters of the post
_NOTE = 3000  # characters of what a rule says
# Why an automatic rule asks, and why a run failed: codes that have a text of their own.
REASONS = (
    "findings", "no-ai", "missing", "blocked", "no-channel", "no-template", "no-product", "no-secret", "empty",
    "private-address", "gave-up", "invalid", "day-full", "quiet-hours", "too-close", "platform-day-full", "transient",
    "edited", "rejected", "failed", "picture",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, as far as its news need it."""

    automation_id: uuid.UUID
    name: str
    product_name: str
    version: int = 1
    mode: str = "ask"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A draft that an automation made."""

    card: CardView
    rule: Rule
    version: int  # what the rule made
    outcome: DraftOutcome
    scheduling: str
    asked_because: str | None = None
    decides_at: datetime | None = None
    on_timeout: str | None = None


def proposal(
    model: Proposed, t: Translator, zone: tzinfo, now: datetime, notice: Markup | None = None
) -> Screen:
    """Draw the draft with its decision, or what was decided."""
    card = model.card
    excerpt = fmt.short(markdown.parse(card.text).text, _EXCERPT) or "–"
    open_ = model.outcome is DraftOutcome.WAITING and card.status is ContentStatus.DRAFT
    blocks = [
        notice or "",
        t(
            "proposal-title",
            number=str(card.number),
            product=fmt.short(card.product_name, 60),
            rule=fmt.short(model.rule.name, 80),
        ),
        f"<blockquote>{escape(excerpt)}</blockquote>",
        _because(model.asked_because, t) if open_ and model.asked_because else "",
        _outlook(model, t, zone, now) if open_ else _decided(model, t, zone, now),
    ]
    actual = open_ and card.version == model.version
    yes = cb.ApproveProposal(content=card.content_id, version=card.version)
    no = cb.RejectProposal(content=card.content_id, version=card.version)
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            [
                button(t.label("proposal-approve"), yes, style=Style.SUCCESS)
                if actual and not card.blocked
                else None
            ],
            [
                button(t.label("proposal-open"), SendCard(content=card.content_id)),
                button(t.label("proposal-reject"), no) if actual else None,
            ],
            [button(t.label("proposal-rule"), OpenAutomation(automation=model.rule.automation_id))],
        ),
    )


def note(rule: Rule, text: str, t: Translator) -> Screen:
    """Draw what a rule was told to say."""
    title = t("automation-note", rule=fmt.short(rule.name, 80), product=fmt.short(rule.product_name, 60))
    return Screen.of(f"{title}\n{escape(fmt.short(text, _NOTE))}", keyboard(_rule(rule, t)))


def failed(rule: Rule, why: str, t: Translator) -> Screen:
    """Draw that a run failed, or that the rule cannot be read."""
    said = t("automation-failed", rule=fmt.short(rule.name, 80), product=fmt.short(rule.product_name, 60))
    log = button(t.label("automation-open-log"), OpenRuns(automation=rule.automation_id))
    return Screen.of(f"{said}\n{_why_failed(why, t)}", keyboard([log], _rule(rule, t)))


def loop(rule: Rule, t: Translator) -> Screen:
    """Draw that a rule set itself off again and again, and was stopped."""
    said = t("automation-loop", rule=fmt.short(rule.name, 80), product=fmt.short(rule.product_name, 60))
    log = button(t.label("automation-open-log"), OpenRuns(automation=rule.automation_id))
    return Screen.of(said, keyboard([log], _rule(rule, t)))


def offer(rule: Rule, streak: int, version: int, t: Translator) -> Screen:
    """Offer to let the rule act by itself; once it does, or has changed, say so instead."""
    named = {"rule": fmt.short(rule.name, 80), "product": fmt.short(rule.product_name, 60)}
    if rule.mode == "auto":
        return Screen.of(t("autonomy-granted", **named), keyboard(_rule(rule, t)))
    grant = cb.GrantAutonomy(automation=rule.automation_id, version=version)
    ways: list[Row] = [_rule(rule, t)]
    if rule.version == version:
        keep = cb.KeepAsking(automation=rule.automation_id, version=version)
        ways.insert(0, [button(t.label("autonomy-grant"), grant, style=Style.PRIMARY)])
        ways.insert(1, [button(t.label("autonomy-decline"), keep)])
    return Screen.of(t("autonomy-offer", n=streak, **named), keyboard(*ways))


def declined(rule: Rule, t: Translator) -> Screen:
    """Say that the rule goes on asking."""
    if rule.mode == "auto":
        return offer(rule, 0, rule.version, t)
    named = {"rule": fmt.short(rule.name, 80), "product": fmt.short(rule.product_name, 60)}
    return Screen.of(t("autonomy-declined", **named), keyboard(_rule(rule, t)))


def ended(rule: Rule, why: str, t: Translator) -> Screen:
    """Draw that a rule asks again, and why."""
    said = t("autonomy-ended", rule=fmt.short(rule.name, 80), product=fmt.short(rule.product_name, 60))
    return Screen.of(f"{said}\n{_why_ended(why, t)}", keyboard(_rule(rule, t)))


def _because(code: str, t: Translator) -> Markup:
    known = code in REASONS and t.has(f"proposal-because-{code}")
    return t(f"proposal-because-{code}") if known else t("proposal-because-other", code=fmt.short(code, 60))


def _why_failed(code: str, t: Translator) -> Markup:
    known = code in REASONS and t.has(f"automation-why-{code}")
    return t(f"automation-why-{code}") if known else t("automation-why-other", code=fmt.short(code, 60))


def _why_ended(code: str, t: Translator) -> Markup:
    known = code in REASONS and t.has(f"autonomy-why-{code}")
    return t(f"autonomy-why-{code}") if known else t("autonomy-why-other", code=fmt.short(code, 60))


def _rule(rule: Rule, t: Translator) -> Row:
    return [button(t.label("proposal-rule"), OpenAutomation(automation=rule.automation_id))]


def _outlook(model: Proposed, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    if model.card.version != model.version:
        return t("proposal-edited")
    if model.decides_at is not None:
        what = "publish" if model.on_timeout == "publish" else "drop"
        return t(f"proposal-timeout-{what}", when=fmt.when(t, model.decides_at, zone, now))
    return t(f"proposal-when-{model.scheduling}")


def _decided(model: Proposed, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    planned = [channel.scheduled_at for channel in model.card.channels if channel.scheduled_at is not None]
    if model.card.status is ContentStatus.ARCHIVED:
        return t("proposal-dropped" if model.outcome is DraftOutcome.DROPPED else "proposal-rejected")
    if not planned:
        return t("proposal-approved")
    return t("proposal-planned", when=fmt.when(t, min(planned), zone, now))
