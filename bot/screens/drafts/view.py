"""What does the list of drafts show?"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import Translator
from bot.screens.batch.callbacks import OpenBatch
from bot.screens.draft.callbacks import SendCard
from bot.screens.drafts.callbacks import OpenDrafts
from bot.screens.home.callbacks import Home
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list."""

    content_id: uuid.UUID
    number: int
    excerpt: str
    media: int
    changed_at: datetime


def drafts(lines: Sequence[DraftLine], page: Page, t: Translator, now: datetime) -> Screen:
    """Draw a page of the list."""
    home = button(t.label("ui-home"), Home())
    if not lines:
        return Screen.of(t("drafts-empty"), keyboard([home]))
    text = [t("drafts-title", n=page.total), ""]
    text += [
        t(
            "drafts-line",
            number=str(line.number),
            excerpt=fmt.short(line.excerpt) or t.label("drafts-media", n=line.media),
            distance=fmt.distance(t, line.changed_at, now),
        )
        for line in lines
    ]
    numbers = [button(f"#{line.number}", SendCard(content=line.content_id)) for line in lines]
    arrows = pager(page, lambda offset: OpenDrafts(offset=offset))
    several = button(t.label("batch-open"), OpenBatch()) if page.total > 1 else None
    refresh = button(t.label("ui-refresh"), OpenDrafts(offset=page.offset))
    return Screen.of("\n".join(text), keyboard(*grid(numbers, 4), arrows, [several], [refresh, home]))
