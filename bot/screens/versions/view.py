"""What do the versions of a draft show? The list with when, by whom and why; one of them as it was."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import OpenCard
from bot.screens.draft.view import preview_text
from bot.screens.versions import callbacks as cb
from bot.ui import format as fmt
from bot.ui.formatted import TEXT_LIMIT, html, join
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.platforms.base import Part


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list."""

    number: int
    at: datetime
    reason: str
    made_by: str | None
    excerpt: str
    files: int
    rejected_because: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Which draft is looked at, and from where: ``current`` is its newest version."""

    content_id: uuid.UUID
    content_number: int
    current: int
    zone: tzinfo
    now: datetime


def versions(look: Look, lines: Sequence[VersionLine], page: Page, t: Translator) -> Screen:
    """Draw a page of the list."""
    text = [t("versions-title", number=str(look.content_number), n=page.total)]
    text += [_line(line, look, t) for line in lines]
    numbers = [
        button(f"v{line.number}", cb.OpenVersion(content=look.content_id, number=line.number))
        for line in lines
    ]
    arrows = pager(page, lambda offset: cb.OpenVersions(content=look.content_id, offset=offset))
    back = button(t.label("draft-back"), OpenCard(content=look.content_id))
    return Screen.of("\n\n".join(text), keyboard(*grid(numbers, 3), arrows, [back]))


def version(look: Look, line: VersionLine, parts: Sequence[Part], t: Translator) -> Screen:
    """Draw one version as it was; the current one cannot be brought back."""
    head = html(_line(line, look, t, excerpt=False))
    preview = preview_text(parts, t)
    shown = preview.shortened(TEXT_LIMIT - head.length - 4)
    files = cb.SendVersion(content=look.content_id, number=line.number)
    restore = cb.Restore(content=look.content_id, version=look.current, number=line.number)
    return Screen(
        join([head, shown]),
        keyboard(
            [button(t.label("versions-restore"), restore) if line.number != look.current else None],
            [
                button(t.label("versions-whole"), files)
                if line.files or shown.length < preview.length
                else None
            ],
            [button(t.label("versions-list"), cb.OpenVersions(content=look.content_id))],
            [button(t.label("draft-back"), OpenCard(content=look.content_id))],
        ),
    )


def _line(line: VersionLine, look: Look, t: Translator, *, excerpt: bool = True) -> Markup:
    title = t(
        "versions-line",
        number=str(line.number),
        when=fmt.when(t, line.at, look.zone, look.now),
        current="yes" if line.number == look.current else "no",
    )
    said = [title, Markup(" · ".join(_why(line, t)))]
    if line.rejected_because:
        said.append(t("versions-rejected", reason=fmt.short(line.rejected_because, 300)))
    if excerpt:
        said.append(t("versions-excerpt", excerpt=fmt.short(line.excerpt, 90) or "–"))
    return Markup("\n".join(said))


def _why(line: VersionLine, t: Translator) -> list[str]:
    """By whom and why, and how many files there were."""
    key = f"versions-reason-{line.reason}"
    why: list[str] = [t(key) if t.has(key) else t("versions-reason-edited")]
    by = f"versions-by-{line.made_by}"
    if line.made_by and t.has(by):
        why.append(t(by))
    if line.files:
        why.append(t("versions-files", n=line.files))
    return why
