"""What does approving several drafts show? A checklist with what each says, what came of it, and their times."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.errors import reply_to
from bot.i18n import Markup, Translator
from bot.screens.batch import callbacks as cb
from bot.screens.channels.callbacks import Connect
from bot.screens.draft.callbacks import SendCard
from bot.screens.drafts.callbacks import OpenDrafts
from bot.screens.home.callbacks import Home
from bot.screens.queue.callbacks import OpenQueue
from bot.ui import format as fmt
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.content.batch import Approved, digest_of
from core.content.spreading import Planned

_EXCERPT = 300  # characters of each draft; with six on a page a message holds them
_NUMBERS = 60  # named in one line


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A draft in the checklist. ``blocked``: a platform would refuse it as it is."""

    content_id: uuid.UUID
    number: int
    version: int
    product: str
    excerpt: str
    files: int
    ticked: bool
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """How many drafts are ticked in all, on every page, and the number that names them."""

    count: int
    digest: int


def checklist(lines: Sequence[BatchLine], ticks: Ticks, page: Page, t: Translator) -> Screen:
    """Draw a page of the checklist."""
    back = button(t.label("batch-drafts"), OpenDrafts())
    if not lines:
        return Screen.of(t("drafts-empty"), keyboard([back]))
    boxes = [
        button(
            f"{'☑️' if line.ticked else '☐'} #{line.number}",
            cb.Tick(content=line.content_id, version=line.version, on=not line.ticked, offset=page.offset),
        )
        for line in lines
        if not line.blocked
    ]
    whole = [
        button(t.label("batch-whole", number=str(line.number)), SendCard(content=line.content_id))
        for line in lines
        if len(line.excerpt) > _EXCERPT
    ]
    open_boxes = {line.content_id: line.version for line in lines if not line.blocked and not line.ticked}
    every = cb.TickPage(offset=page.offset, digest=digest_of(shown_of(lines)))
    approve = cb.ApproveTicked(digest=ticks.digest)
    text = [t("batch-title", n=page.total, ticked=ticks.count), *(_line(line, t) for line in lines)]
    return Screen.of(
        "\n\n".join(text),
        keyboard(
            *grid(boxes, 3),
            [
                button(t.label("batch-all"), every) if open_boxes else None,
                button(t.label("batch-none"), cb.UntickAll(offset=page.offset)) if ticks.count else None,
            ],
            *grid(whole, 3),
            pager(page, lambda offset: cb.OpenBatch(offset=offset)),
            [
                button(t.label("batch-approve", n=ticks.count), approve, style=Style.SUCCESS)
                if ticks.count
                else None
            ],
            [back, button(t.label("ui-home"), Home())],
        ),
    )


def shown_of(lines: Sequence[BatchLine]) -> Mapping[uuid.UUID, int]:
    """Return the versions on the page that may be ticked."""
    return {line.content_id: line.version for line in lines if not line.blocked}


def approved(result: Approved, digest: int, t: Translator) -> Screen:
    """Say what came of approving; the next step is their time."""
    lines = [t("batch-done", n=len(result.done), numbers=_numbers(result.done))] if result.done else []
    if result.changed:
        lines.append(t("batch-changed", n=len(result.changed), numbers=_numbers(result.changed)))
    if result.refused:
        lines.append(t("batch-refused", n=len(result.refused), numbers=_numbers(result.refused)))
    if result.homeless:
        lines.append(t("batch-homeless"))
        plan = button(t.label("channels-connect"), Connect(), style=Style.PRIMARY)
    else:
        plan = button(t.label("batch-spread"), cb.SpreadApproved(digest=digest), style=Style.PRIMARY)
    again = result.changed or result.refused
    return Screen.of(
        "\n\n".join(lines),
        keyboard(
            [plan if result.done else None],
            [button(t.label("batch-again"), cb.OpenBatch()) if again else None],
            [button(t.label("batch-drafts"), OpenDrafts()), button(t.label("ui-home"), Home())],
        ),
    )


def planned(items: Sequence[Planned], t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Say when each goes out; what got no time has its reason and its card."""
    lines = [t("batch-planned", n=sum(item.at is not None for item in items))]
    for item in items:
        if item.at is not None:
            when = fmt.when(t, item.at, zone, now)
            lines.append(t("batch-planned-line", number=str(item.number), when=when))
        elif item.refusal is not None:
            reason = reply_to(t, item.refusal)
            lines.append(t("batch-unplanned-line", number=str(item.number), reason=reason))
    cards = [
        button(f"#{item.number}", SendCard(content=item.content_id)) for item in items if item.at is None
    ]
    return Screen.of(
        "\n".join(lines),
        keyboard(
            *grid(cards, 4), [button(t.label("told-queue"), OpenQueue()), button(t.label("ui-home"), Home())]
        ),
    )


def to_look_at(found: Mapping[int, uuid.UUID], missing: Sequence[str], t: Translator) -> Screen:
    """Say which drafts were not approved by number: not seen as they are now, or not there at all."""
    lines = []
    if found:
        lines.append(t("approve-look", n=len(found), numbers=_numbers(sorted(found))))
    if missing:
        lines.append(t("approve-missing", n=len(missing), numbers=", ".join(missing[:_NUMBERS])))
    cards = [button(f"#{number}", SendCard(content=key)) for number, key in sorted(found.items())]
    return Screen.of(
        "\n\n".join(lines), keyboard(*grid(cards[:24], 4), [button(t.label("batch-drafts"), OpenDrafts())])
    )


def _line(line: BatchLine, t: Translator) -> Markup:
    said = fmt.short(line.excerpt, _EXCERPT) or t.label("drafts-media", n=line.files)
    head = t(
        "batch-line",
        box="⛔️" if line.blocked else "☑️" if line.ticked else "☐",
        number=str(line.number),
        product=fmt.short(line.product, 40),
        version=str(line.version),
    )
    files = f"\n{t('batch-files', n=line.files)}" if line.files and line.excerpt.strip() else ""
    blocked = f"\n{t('draft-status-blocked')}" if line.blocked else ""
    return Markup(f"{head}\n{t('batch-excerpt', excerpt=said)}{files}{blocked}")


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"#{number}" for number in numbers[:_NUMBERS])
    return shown + ("…" if len(numbers) > _NUMBERS else "")
