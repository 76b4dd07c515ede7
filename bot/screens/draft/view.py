"""What does the draft card look like? Header, the post exactly as it will be published, counts, warnings, buttons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardMarkup, MessageEntity

from bot.i18n import Markup, Translator
from bot.screens.draft import callbacks as cb
from bot.screens.draft import keyboard as buttons
from bot.screens.draft.checks import Checks, check_lines, cost_lines, underlined
from bot.screens.draft.forecast import Forecasts, forecast_lines
from bot.screens.draft.lines import Look, channel_line, counts
from bot.screens.draft.more import more_keyboard
from bot.ui import format as fmt
from bot.ui.formatted import TEXT_LIMIT, Formatted, html, join
from bot.ui.screen import Screen
from core.ai.checks.findings import Finding
from core.content.models import ContentStatus
from core.content.queries import CardChannel, CardView
from core.platforms.base import Part, Problem, Rendering, Severity
from core.publications.models import PublicationStatus
from core.settings.service import Usual


@dataclass(frozen=True, slots=True)
class CardModel:
    """A card and where it is looked at from. ``preview`` stands in for the channels' while there is none."""

    card: CardView
    zone: tzinfo
    now: datetime
    preview: Rendering | None = None
    tab: int = 0
    undo_open: bool = False
    usual: Usual = "optimal"  # how this owner's posts go out: the button that is offered first
    more: bool = False  # the second keyboard is open
    forecasts: Forecasts = field(default_factory=dict)
    checks: Checks = field(default_factory=Checks)

    @property
    def channel(self) -> CardChannel | None:
        """The channel whose preview is shown."""
        channels = self.card.channels
        return channels[min(self.tab, len(channels) - 1)] if channels else None

    @property
    def approved(self) -> bool:
        """True while the owner's approval of the version shown holds."""
        ends = self.card.approval_expires_at
        return self.card.approved and (ends is None or ends > self.now)

    @property
    def rendering(self) -> Rendering | None:
        """The preview that is shown."""
        return self.channel.rendering if self.channel else self.preview

    @property
    def parts(self) -> Sequence[Part]:
        """The messages that would be published."""
        return self.rendering.parts if self.rendering else ()

    @property
    def marks(self) -> Sequence[Finding]:
        """What to underline in the preview that is shown."""
        return self.checks.found.get(self.channel.channel_id if self.channel else None, ())

    @property
    def preview_is_separate(self) -> bool:
        """True when the preview is a message of its own above the card: the post has media."""
        return any(part.media for part in self.parts)


def part_text(part: Part) -> Formatted:
    """Return a part's text with its entities, as the platform will show it."""
    return Formatted(part.text, tuple(MessageEntity.model_validate(dict(entity)) for entity in part.entities))


def card_screen(model: CardModel, t: Translator, notice: str = "") -> Screen:
    """Draw the card; ``notice`` (HTML) says above it what just happened. The preview takes the room that is left."""
    head = join([html(notice), html(_header(model.card, t))])
    foot = html(_footer(model, t))
    preview = Formatted()
    if not model.preview_is_separate:
        room = TEXT_LIMIT - head.length - foot.length - 4  # the blank lines between
        preview = preview_text(model.parts, t, model.marks).shortened(room)
    cut = not model.preview_is_separate and preview.length < preview_text(model.parts, t).length
    return Screen(join([head, preview, foot]), _keyboard(model, t, cut=cut))


def preview_text(parts: Sequence[Part], t: Translator, marks: Sequence[Finding] = ()) -> Formatted:
    """Return the parts as one text; those of a thread are numbered. ``marks`` are underlined where they stand."""
    texts = [
        underlined(part_text(part), (mark for mark in marks if mark.part == number))
        for number, part in enumerate(parts)
    ]
    if len(texts) == 1:
        return texts[0]
    return join(
        html(t("draft-part", n=str(number), total=str(len(parts)))) + Formatted("\n") + text
        for number, text in enumerate(texts, start=1)
    )


def _header(card: CardView, t: Translator) -> Markup:
    title = t(
        "draft-title",
        number=str(card.number),
        product=fmt.short(card.product_name),
        version=str(card.version),
    )
    if card.made_by == "ai":
        author = t("draft-by-ai", model=card.ai_model or "?")
    elif card.made_by == "template":
        author = t("draft-by-template")
    else:
        author = t("draft-by-owner" if card.text.strip() else "draft-by-owner-files")
    lines = [title, author]
    if card.origin:
        lines.append(t("draft-origin", name=fmt.short(card.origin.get("name") or "?", 60)))
    return Markup("\n".join(lines))


def _footer(model: CardModel, t: Translator) -> Markup:
    card = model.card
    look = Look(
        model.zone,
        model.now,
        approved=model.approved,
        undo_open=model.undo_open,
        several=len(card.channels) > 1,
    )
    lines: list[str] = [channel_line(channel, look, t) for channel in card.channels]
    if not card.channels:
        lines.append(t("draft-no-channel"))
        lines += counts(model.preview, t)
    elif not card.outlets:
        lines.append(t("draft-all-off"))
    seen: set[str] = set()
    renderings = [channel.rendering for channel in card.outlets]
    if not card.channels and model.preview:
        renderings = [model.preview]
    for rendering in renderings:
        for problem in rendering.problems:
            line = problem_line(problem, t)
            if line not in seen:
                lines.append(line)
                seen.add(line)
    lines += check_lines(model.checks, t)
    lines += forecast_lines(model.forecasts, model.channel.platform if model.channel else None, t)
    lines += cost_lines(model.checks, t)
    lines += _status(model, t)
    return Markup("\n".join(lines))


def problem_line(problem: Problem, t: Translator) -> str:
    """Say what is wrong with a rendering."""
    mark = "⛔️" if problem.severity is Severity.BLOCKING else "⚠️"
    key = f"problem-{problem.code}"
    text = t(key, **problem.params) if t.has(key) else t("problem-other", code=problem.code)
    return f"{mark} {text}"


def _status(model: CardModel, t: Translator) -> list[str]:
    """Say what the draft is now: waiting, approved and for how long, published."""
    card = model.card
    if card.status is ContentStatus.DRAFT and card.blocked:
        return [t("draft-status-blocked")]
    lines: list[str] = []
    if card.wanted_on is not None and card.status is ContentStatus.DRAFT:
        lines.append(t("draft-wanted-on", day=fmt.weekday_and_date(t, card.wanted_on)))
    ends = card.approval_expires_at
    if card.status is ContentStatus.PUBLISHED and (unsettled := _unsettled(card, t)):
        return [unsettled]
    if card.status is not ContentStatus.READY or ends is None:
        return [*lines, t(f"draft-status-{card.status.value}")]
    if ends <= model.now:
        return [*lines, t("draft-status-expired")]
    lines.append(t("draft-status-ready-until", when=fmt.when(t, ends, model.zone, model.now)))
    planned = [
        channel.scheduled_at
        for channel in card.outlets
        if channel.publication_status is PublicationStatus.SCHEDULED and channel.scheduled_at is not None
    ]
    if any(at >= ends for at in planned):
        lines.append(t("draft-expires-first"))
    return lines


def _unsettled(card: CardView, t: Translator) -> str:
    """Say on how many channels the post is out, and on how many that is in doubt or did not come about."""
    states = Counter(channel.publication_status for channel in card.channels)
    doubt, failed = states[PublicationStatus.UNCERTAIN], states[PublicationStatus.FAILED]
    if not doubt and not failed:
        return ""
    said = [t("draft-status-out", n=states[PublicationStatus.PUBLISHED])]
    said += [t("draft-status-doubt", n=doubt)] if doubt else []
    said += [t("draft-status-failed", n=failed)] if failed else []
    return Markup(", ".join(said))


def _keyboard(model: CardModel, t: Translator, *, cut: bool) -> InlineKeyboardMarkup | None:
    if model.more:
        shown = preview_text(model.parts, t).text if len(model.parts) < 2 else model.card.text
        return more_keyboard(model.card, t, tab=model.tab, shown=shown)
    whole = cb.ShowWhole(content=model.card.content_id, version=model.card.version, tab=model.tab)
    return buttons.card_keyboard(
        model.card,
        t,
        tab=model.tab,
        undo_open=model.undo_open,
        usual=model.usual,
        whole=whole if cut else None,
        checks=model.checks,
    )
