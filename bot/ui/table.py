"""How is a table shown? As Telegram's own, or drawn with monospaced letters so that it fits a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aiogram.types import InputRichBlockTable, MessageEntity, RichBlockTableCell, RichTextBold, RichTextUnion

from bot.ui.format import short
from bot.ui.formatted import Formatted, utf16_length
from bot.ui.letters import clusters, letters

WIDTH = 34  # monospaced letters in a bubble of a phone 360 points wide; more are broken into a second line
MAX_COLUMNS = 20  # of a rich table (Bot API 10)
_CELL = 120  # characters of a rich cell
_NARROWEST = 5  # letters a column of words may be cut down to
_GAP = 1  # letters between two columns


class Align(StrEnum):
    """Where a column's values stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Words stand on the left and may be cut; numbers stand on the right and never are."""

    title: str = ""
    align: Align = Align.LEFT


def words(title: str = "") -> Column:
    """Return a column of words."""
    return Column(title)


def numbers(title: str = "") -> Column:
    """Return a column of numbers."""
    return Column(title, Align.RIGHT)


def marks(title: str = "") -> Column:
    """Return a column of short marks, as in a calendar: centred and never cut."""
    return Column(title, Align.CENTER)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text under titles; ``total`` is a last row that is set apart. Nothing in it needs escaping."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= MAX_COLUMNS:
            raise ValueError(f"a table has 1 to {MAX_COLUMNS} columns, not {len(self.columns)}")
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns: {row!r}")

    def rich(self) -> InputRichBlockTable:
        """Return Telegram's own table."""
        titles = [column.title for column in self.columns]
        cells = [self._cells(titles, header=True)] if any(titles) else []
        cells += [self._cells(row) for row in self.rows]
        if self.total:
            cells.append(self._cells(self.total, header=True))
        return InputRichBlockTable(
            cells=cells,
            is_bordered=True,
            is_striped=len(self.rows) > 3 or None,
            is_compact=True,
            caption=RichTextBold(text=self.caption) if self.caption else None,
        )

    def _cells(self, row: Sequence[str], *, header: bool = False) -> list[RichBlockTableCell]:
        made = []
        for text, column in zip(row, self.columns, strict=True):
            # A cell without text is not drawn at all, border included.
            shown: RichTextUnion = short(text, _CELL) or "\u00a0"
            made.append(
                RichBlockTableCell(
                    align=column.align.value, valign="middle", text=shown, is_header=header or None
                )
            )
        return made

    def classic(self, width: int = WIDTH) -> Formatted:
        """Return the table as text: in columns where they fit into ``width`` letters, else row by row."""
        lines = _in_columns(self, width)
        text = "\n".join(lines) if lines is not None else "\n".join(_row_by_row(self))
        body = Formatted(text)
        if lines is not None and text:
            body = Formatted(text, (MessageEntity(type="pre", offset=0, length=utf16_length(text)),))
        if not self.caption:
            return body
        title = MessageEntity(type="bold", offset=0, length=utf16_length(self.caption))
        return Formatted(f"{self.caption}\n", (title,)) + body


def _cut(text: str, width: int) -> str:
    """Return ``text``, or its beginning and an ellipsis, in at most ``width`` letters."""
    if letters(text) <= width:
        return text
    kept, taken = "", 0
    for cluster, wide in clusters(text):
        taken += wide
        if taken > width - 1:
            break
        kept += cluster
    return f"{kept.rstrip()}…"


def _in_columns(table: Table, width: int) -> list[str] | None:
    """Return the lines of the table, or None when its numbers alone are wider than ``width``."""
    titles = [short(column.title, _CELL) for column in table.columns]
    rows = [[short(cell, _CELL) for cell in row] for row in table.rows]
    total = [short(cell, _CELL) for cell in table.total]
    everything = [*([titles] if any(titles) else []), *rows, *([total] if total else [])]
    if not everything:
        return []
    widths = [max(letters(row[at]) for row in everything) for at in range(len(table.columns))]
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) > room:
        elastic = [at for at, column in enumerate(table.columns) if column.align is Align.LEFT]
        widest = max(elastic, key=lambda at: widths[at], default=None)
        if widest is None or widths[widest] <= _NARROWEST:
            return None
        widths[widest] -= 1
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    lines = [_line(table, titles, widths), rule] if any(titles) else []
    lines += [_line(table, row, widths) for row in rows]
    return lines + ([rule, _line(table, total, widths)] if total else [])


def _line(table: Table, row: Sequence[str], widths: Sequence[int]) -> str:
    cells = []
    for text, width, column in zip(row, widths, table.columns, strict=True):
        shown = _cut(text, width)
        room = width - letters(shown)
        before = {Align.LEFT: 0, Align.RIGHT: room, Align.CENTER: room // 2}[column.align]
        cells.append(" " * before + shown + " " * (room - before))
    return (" " * _GAP).join(cells).rstrip()


def _row_by_row(table: Table) -> list[str]:
    lines = []
    for row in (*table.rows, *([table.total] if table.total else [])):
        first, *rest = (short(cell, _CELL) for cell in row)
        named = [
            f"{column.title}: {cell}" if column.title else cell
            for column, cell in zip(table.columns[1:], rest, strict=True)
            if cell
        ]
        lines.append(f"{first} — {' · '.join(named)}" if named else first)
    return lines
