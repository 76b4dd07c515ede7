"""What do a draft's files show? The list in order, and one of them with what can be done with it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Markup, Translator
from bot.screens.attachments import callbacks as cb
from bot.screens.draft.callbacks import OpenCard
from bot.ui import format as fmt
from bot.ui.form import question
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen
from core.content.attachments import MOST
from core.platforms.base import MediaItem, MediaKind

_DESCRIBED = {MediaKind.IMAGE, MediaKind.ANIMATION, MediaKind.VIDEO}


@dataclass(frozen=True, slots=True)
class Files:
    """A draft's files."""

    content_id: uuid.UUID
    number: int
    version: int
    items: Sequence[MediaItem]

    def of(self, position: int) -> dict[str, object]:
        """Return the fields of a button about one file."""
        return {"content": self.content_id, "version": self.version, "position": position}


def files(model: Files, t: Translator) -> Screen:
    """Draw the list."""
    lines = [t("media-title", number=str(model.number), n=len(model.items))]
    lines += [_line(position, item, t) for position, item in enumerate(model.items)]
    if any(item.kind in _DESCRIBED for item in model.items):
        lines.append(t("media-alt-note"))
    numbers = [
        button(f"{position + 1} {_mark(item)}", cb.OpenFile.model_validate(model.of(position)))
        for position, item in enumerate(model.items)
    ]
    add = cb.AddFiles(content=model.content_id, version=model.version)
    return Screen.of(
        "\n".join(lines),
        keyboard(
            *grid(numbers, 5),
            [button(t.label("media-add"), add) if len(model.items) < MOST else None],
            [button(t.label("draft-back"), OpenCard(content=model.content_id))],
        ),
    )


def file(model: Files, position: int, t: Translator) -> Screen:
    """Draw one file."""
    item = model.items[position]
    ids = model.of(position)
    last = len(model.items) - 1
    up = cb.MoveFile.model_validate(ids | {"to": max(0, position - 1)})
    down = cb.MoveFile.model_validate(ids | {"to": min(last, position + 1)})
    text = t("media-one", number=str(model.number), n=str(position + 1), total=str(last + 1))
    return Screen.of(
        Markup(f"{text}\n{_line(position, item, t, limit=1000)}"),
        keyboard(
            [
                button(t.label("media-up"), up) if position > 0 else None,
                button(t.label("media-down"), down) if position < last else None,
            ],
            [
                button(t.label("media-alt"), cb.DescribeFile.model_validate(ids))
                if item.kind in _DESCRIBED
                else None,
                button(t.label("media-remove"), cb.RemoveFile.model_validate(ids)),
            ],
            [button(t.label("media-list"), cb.OpenMedia(content=model.content_id))],
        ),
    )


def ask_files(model: Files, t: Translator) -> Screen:
    """Ask for files; the list is the way back, and shows what has come."""
    text = t("media-ask", number=str(model.number))
    return Screen.of(text, keyboard([button(t.label("ui-back"), cb.OpenMedia(content=model.content_id))]))


def ask_alt(model: Files, position: int, t: Translator) -> Screen:
    """Ask what is in the picture."""
    item, ids = model.items[position], model.of(position)
    text = t("media-ask-alt", n=str(position + 1))
    if item.alt:
        text = Markup(f"{text}\n{t('media-alt-now', alt=fmt.short(item.alt, 1000))}")
    forget = button(t.label("media-alt-forget"), cb.ForgetAlt.model_validate(ids)) if item.alt else None
    return question(t, text, [forget], cancel=cb.OpenFile.model_validate(ids))


def _line(position: int, item: MediaItem, t: Translator, *, limit: int = 80) -> Markup:
    kind = t.label(f"media-kind-{item.kind.value}")
    name = f"{kind} · {fmt.short(item.file_name, 40)}" if item.file_name else kind
    line = t("media-line", n=str(position + 1), mark=_mark(item), name=name)
    return Markup(f"{line}\n{t('media-alt-line', alt=fmt.short(item.alt, limit))}") if item.alt else line


def _mark(item: MediaItem) -> str:
    marks = {
        MediaKind.IMAGE: "🖼", MediaKind.VIDEO: "🎬", MediaKind.ANIMATION: "🎞", MediaKind.AUDIO: "🎵",
        MediaKind.DOCUMENT: "📄",
    }  # fmt: skip
    return marks[item.kind]
