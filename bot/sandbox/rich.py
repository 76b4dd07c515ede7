"""Is this rich message one Telegram would take, and how does it come back? Strict about what it does not know.

The kinds are those a control panel needs. Media, maps, formulas, anchors and the like are refused here, as is markup in
HTML or Markdown: what NEXUS sends is blocks.
"""

from collections.abc import Callable
from typing import Any

from bot.sandbox.entities import is_blank
from bot.sandbox.formatted import checked_url
from bot.sandbox.keyboards import inline_button
from bot.sandbox.limits import RICH_BLOCKS, RICH_BUTTONS, RICH_CHARACTERS, RICH_COLUMNS, RICH_DEPTH
from bot.sandbox.model import Json
from bot.sandbox.params import Params
from bot.sandbox.refusals import Refusal, bad_request

PLAIN_TEXTS = frozenset(
    ["bold", "italic", "underline", "strikethrough", "spoiler", "subscript", "superscript", "marked", "code"]
)
ALIGN = frozenset(["left", "center", "right"])
VALIGN = frozenset(["top", "middle", "bottom"])
LABELS = frozenset(["a", "A", "i", "I", "1"])


def read_rich(params: Params) -> Json:
    """`rich_message` of a request as the message's field of the same name. Raises `Refusal` 400."""
    given = params.nested("rich_message", dict, "rich message")
    if not given:
        raise bad_request("rich message is empty")
    _fields(given, "InputRichMessage", "blocks html markdown is_rtl skip_entity_detection media")
    if given.get("html") or given.get("markdown") or given.get("media"):
        raise bad_request("this local Telegram takes rich messages as blocks without media only")
    reader = _Reader()
    message: Json = {"blocks": reader.blocks(given.get("blocks"), 1)}
    if is_blank(reader.seen):
        raise bad_request("rich message must be non-empty")
    if len(reader.seen) > RICH_CHARACTERS:
        raise bad_request("rich message is too long")
    if given.get("is_rtl"):
        message["is_rtl"] = True
    return {"rich_message": message}


def _error(reason: str) -> Refusal:
    return bad_request(f"can't parse rich message: {reason}")


def _fields(body: Json, what: str, known: str) -> None:
    unknown = sorted(set(body) - set(known.split()))
    if unknown:
        raise _error(f"{what} has no field {unknown[0]!r}")


class _Reader:
    """Reads one message: checks it, counts it, and gives each block as a receiver sees it."""

    def __init__(self) -> None:
        self.seen = ""
        self._count = 0
        self._kinds: dict[str, tuple[str, Callable[[Json, int], Json]]] = {
            "paragraph": ("text", self._text_block),
            "footer": ("text", self._text_block),
            "heading": ("text size", self._heading),
            "pre": ("text language", self._text_block),
            "divider": ("", lambda body, depth: {}),
            "blockquote": ("blocks credit", self._quotation),
            "expandable_blockquote": ("text credit", self._text_block),
            "pullquote": ("text credit", self._text_block),
            "list": ("items", self._list),
            "table": ("cells is_bordered is_striped is_compact caption", self._table),
            "details": ("summary blocks is_open", self._details),
            "buttons": ("buttons align", self._buttons),
        }

    def blocks(self, given: Any, depth: int) -> list[Json]:
        if not isinstance(given, list) or not given:
            raise _error("blocks expected")
        if depth > RICH_DEPTH:
            raise _error("blocks are nested too deep")
        return [self._block(body, depth) for body in given]

    def _block(self, body: Any, depth: int) -> Json:
        self._count += 1
        if self._count > RICH_BLOCKS:
            raise _error("too many blocks")
        kind = body.get("type") if isinstance(body, dict) else None
        if not isinstance(kind, str) or kind not in self._kinds:
            raise _error(f"unknown block type {kind!r}")
        fields, read = self._kinds[kind]
        _fields(body, f"block {kind}", f"type {fields}")
        return {"type": kind, **read(body, depth)}

    def _text_block(self, body: Json, depth: int) -> Json:
        read: Json = {"text": self._text(body.get("text"), depth)}
        if body.get("credit") is not None:
            read["credit"] = self._text(body["credit"], depth)
        if isinstance(body.get("language"), str):
            read["language"] = body["language"]
        return read

    def _heading(self, body: Json, depth: int) -> Json:
        if body.get("size") not in range(1, 7):
            raise _error("a heading's size is 1 to 6")
        return {"text": self._text(body.get("text"), depth), "size": body["size"]}

    def _quotation(self, body: Json, depth: int) -> Json:
        read: Json = {"blocks": self.blocks(body.get("blocks"), depth + 1)}
        return read | (
            {"credit": self._text(body["credit"], depth)} if body.get("credit") is not None else {}
        )

    def _details(self, body: Json, depth: int) -> Json:
        summary = self._text(body.get("summary"), depth)
        read: Json = {"summary": summary, "blocks": self.blocks(body.get("blocks"), depth + 1)}
        return read | ({"is_open": True} if body.get("is_open") else {})

    def _list(self, body: Json, depth: int) -> Json:
        items = body.get("items")
        if not isinstance(items, list) or not items:
            raise _error("list items expected")
        return {"items": [self._item(item, at, depth) for at, item in enumerate(items, 1)]}

    def _item(self, item: Any, at: int, depth: int) -> Json:
        if not isinstance(item, dict):
            raise _error("a list item must be an Object")
        _fields(item, "list item", "blocks has_checkbox is_checked value type")
        if item.get("type") not in {None, *LABELS}:
            raise _error("unknown list label type")
        ordered = item.get("type") is not None or item.get("value") is not None
        read: Json = {"label": f"{item.get('value') or at}." if ordered else "•"}
        read["blocks"] = self.blocks(item.get("blocks"), depth + 1)
        return read | {name: item[name] for name in ("has_checkbox", "is_checked") if item.get(name)}

    def _table(self, body: Json, depth: int) -> Json:
        rows = body.get("cells")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and row for row in rows):
            raise _error("table cells expected")
        read: Json = {"cells": [[self._cell(cell, depth) for cell in row] for row in rows]}
        if any(sum(cell.get("colspan", 1) for cell in row) > RICH_COLUMNS for row in read["cells"]):
            raise _error("too many table columns")
        if body.get("caption") is not None:
            read["caption"] = self._text(body["caption"], depth)
        return read | {name: True for name in ("is_bordered", "is_striped", "is_compact") if body.get(name)}

    def _cell(self, cell: Any, depth: int) -> Json:
        if not isinstance(cell, dict):
            raise _error("a table cell must be an Object")
        _fields(cell, "table cell", "align valign text is_header colspan rowspan")
        if cell.get("align") not in ALIGN or cell.get("valign") not in VALIGN:
            raise _error("unknown alignment of a table cell")
        read: Json = {"align": cell["align"], "valign": cell["valign"]}
        if cell.get("text") is not None:
            read["text"] = self._text(cell["text"], depth)
        if cell.get("is_header"):
            read["is_header"] = True
        return read | {name: int(cell[name]) for name in ("colspan", "rowspan") if cell.get(name)}

    def _buttons(self, body: Json, depth: int) -> Json:
        buttons = body.get("buttons")
        if not isinstance(buttons, list) or not 1 <= len(buttons) <= RICH_BUTTONS:
            raise _error(f"a row has 1 to {RICH_BUTTONS} buttons")
        if body.get("align") not in {None, *ALIGN}:
            raise _error("unknown alignment of buttons")
        read: Json = {"buttons": [inline_button(button, rich=True) for button in buttons]}
        return read | ({"align": body["align"]} if body.get("align") else {})

    def _text(self, given: Any, depth: int) -> Any:
        """A string, a list, or a node with a text of its own."""
        if depth > RICH_DEPTH:
            raise _error("texts are nested too deep")
        if isinstance(given, str):
            self.seen += given
            return given
        if isinstance(given, list):
            return [self._text(one, depth + 1) for one in given]
        kind = given.get("type") if isinstance(given, dict) else None
        if kind in PLAIN_TEXTS:
            _fields(given, f"text {kind}", "type text")
            return {"type": kind, "text": self._text(given.get("text"), depth + 1)}
        if kind == "url":
            _fields(given, "text url", "type text url")
            if checked_url(str(given.get("url", ""))) is None:
                raise _error("wrong link")
            return {"type": kind, "text": self._text(given.get("text"), depth + 1), "url": given["url"]}
        if kind == "date_time":
            _fields(given, "text date_time", "type text unix_time date_time_format")
            if not isinstance(given.get("unix_time"), int):
                raise _error("a moment in Unix time expected")
            return {**given, "text": self._text(given.get("text"), depth + 1)}
        raise _error(f"unknown text type {kind!r}")
