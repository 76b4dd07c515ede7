"""What does the card say about checks and costs? Findings under the post, their places underlined in it, and the price."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aiogram.types import InlineKeyboardButton, MessageEntity

from bot.i18n import Translator
from bot.screens.findings.callbacks import AcceptAll, OpenFindings
from bot.ui import format as fmt
from bot.ui.formatted import Formatted, utf16_length
from bot.ui.keyboard import button
from core.ai import reviewing
from core.ai.checks.findings import Finding, distinct, mark_of
from core.ai.sums import NOTHING, Spent
from core.content.models import ContentStatus
from core.content.queries import CardView
from core.platforms.base import Rendering
from core.runtime import Runtime

SHOWN = 5  # findings on the card; more would bury the post
_VALUE = 80  # characters of what a finding is about
_MARKS = 40  # entities; Telegram takes 100 in one message, and the post has its own
_OPAQUE = frozenset({"code", "pre"})  # nothing may be formatted inside of them
_LOOKED_AT = frozenset({ContentStatus.DRAFT, ContentStatus.READY})


@dataclass(frozen=True, slots=True)
class Checks:
    """Findings by channel (None: the preview that stands in for channels), and what the draft's calls have cost."""

    found: Mapping[uuid.UUID | None, Sequence[Finding]] = field(default_factory=dict)
    spent: Spent = NOTHING

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each thing to look at once, whatever channel it is on."""
        return distinct(finding for findings in self.found.values() for finding in findings)


async def load_checks(runtime: Runtime, card: CardView, preview: Rendering | None) -> Checks:
    """Look at the post as every channel will show it; what is published or put away is left in peace."""
    async with runtime.unit_of_work() as session:
        review = await reviewing.load(session, card.content_id)
    if card.status not in _LOOKED_AT:
        return Checks({}, review.spent)
    renderings: dict[uuid.UUID | None, Rendering] = {
        channel.channel_id: channel.rendering for channel in card.outlets
    }
    if preview is not None:
        renderings[None] = preview
    return Checks({key: review.look(rendering) for key, rendering in renderings.items()}, review.spent)


def finding_line(finding: Finding, t: Translator) -> str:
    """Say what there is to look at."""
    return t(f"finding-{finding.code.value}", value=fmt.short(finding.value, _VALUE))


def check_lines(checks: Checks, t: Translator) -> list[str]:
    """Return the lines for the card; the places are underlined in the preview above."""
    findings = checks.findings
    lines: list[str] = [finding_line(finding, t) for finding in findings[:SHOWN]]
    if len(findings) > SHOWN:
        lines.append(t("findings-more", n=len(findings) - SHOWN))
    if any(finding.end > finding.start for finding in findings):
        lines.append(t("findings-marked"))
    return lines


def cost_lines(checks: Checks, t: Translator) -> list[str]:
    """Return the line about what AI has cost for this draft; none when it was not asked."""
    spent = checks.spent
    if not spent.calls:
        return []
    if spent.unpriced == spent.calls:
        return [t("card-cost-unknown", calls=spent.calls)]
    key = "card-cost-partly" if spent.unpriced else "card-cost"
    return [t(key, cost=fmt.money(t, spent.cost_usd), calls=spent.calls)]


def check_rows(checks: Checks, card: CardView, t: Translator) -> list[list[InlineKeyboardButton | None]]:
    """Return the buttons: "it is right" for what is shown, and the way to look at each."""
    findings = checks.findings
    if not findings:
        return []
    accept = AcceptAll(content=card.content_id, version=card.version, mark=mark_of(findings))
    each = OpenFindings(content=card.content_id, version=card.version)
    one = len(findings) == 1
    return [
        [
            button(t.label("findings-right" if one else "findings-all-right"), accept)
            if len(findings) <= SHOWN
            else None,
            None if one else button(t.label("findings-each", n=len(findings)), each),
        ]
    ]


def underlined(text: Formatted, findings: Iterable[Finding]) -> Formatted:
    """Return ``text`` (a part as it will be published) with the places of ``findings`` underlined.

    Only what is looked at here is marked: nothing of it is ever published. A mark is cut where other formatting begins
    or ends, because formatting must not cross, and left out inside of code.
    """
    entities = list(text.entities)
    places = sorted({(f.start, f.end) for f in findings if f.end > f.start})[:_MARKS]
    for start, end in places:
        first = utf16_length(text.text[:start])
        last = first + utf16_length(text.text[start:end])
        entities += _pieces(first, last, text.entities)
    ordered = sorted(entities, key=lambda entity: (entity.offset, -entity.length))
    return Formatted(text.text, tuple(ordered))


def _pieces(first: int, last: int, others: Sequence[MessageEntity]) -> list[MessageEntity]:
    borders = {first, last}
    for other in others:
        borders |= {border for border in (other.offset, other.offset + other.length) if first < border < last}
    cuts = sorted(borders)
    return [
        MessageEntity(type="underline", offset=start, length=end - start)
        for start, end in pairwise(cuts)
        if not any(
            other.type in _OPAQUE and other.offset < end and start < other.offset + other.length
            for other in others
        )
    ]
