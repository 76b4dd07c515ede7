"""Which text and entities does `parse_mode=MarkdownV2` describe?"""

import re
from dataclasses import dataclass

from bot.sandbox.formatted import FormattedText, MarkupError, byte_offset, link_entity

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough", "code": "Code",
    "spoiler": "Spoiler", "pre": "Pre", "text_link": "TextUrl", "custom_emoji": "CustomEmoji", "blockquote": "BlockQuote",
}  # fmt: skip
"""What Telegram calls each kind in "Can't find end of … entity"."""
MARKS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
}
LANGUAGE = re.compile(r"([^\s`]+)(?=\s)")


@dataclass
class OpenSpan:
    """A span whose end has not been met; `mark` is the text that ends it."""

    kind: str
    mark: str
    start: int
    units: int
    character: int
    language: str = ""


def parse_markdown_v2(source: str) -> FormattedText:
    """Parse MarkdownV2. Raises `MarkupError` in Telegram's own words."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.out = FormattedText()
        self.stack: list[OpenSpan] = []

    def run(self) -> FormattedText:
        while self.position < len(self.source):
            self._step()
        if self.stack and self.stack[-1].kind == "blockquote":
            self._end_quote()
        if self.stack:
            self._unclosed()
        return self.out

    def _step(self) -> None:
        character = self.source[self.position]
        following = self.source[self.position + 1 : self.position + 2]
        if character == "\\" and following and "\0" < following <= "~":
            self.out.write(following)
            self.position += 2
        elif self.stack and self.stack[-1].kind in {"code", "pre"} and character != "`":
            self._plain(character)
        elif self._at(">") and self._line_start() and not self._in_quote():
            self._push("blockquote", "", 1)
        elif self._at(">") and self._line_start():
            self.position += 1
        elif character == "\n":
            self._newline()
        elif character not in RESERVED:
            self._plain(character)
        elif not self._try_close():
            self._try_open()

    def _at(self, mark: str) -> bool:
        return self.source.startswith(mark, self.position)

    def _line_start(self) -> bool:
        return self.position == 0 or self.source[self.position - 1] == "\n"

    def _in_quote(self) -> bool:
        return any(span.kind == "blockquote" for span in self.stack)

    def _plain(self, character: str) -> None:
        self.out.write(character)
        self.position += 1

    def _newline(self) -> None:
        self._plain("\n")
        if self._in_quote() and not self._at(">"):
            self._end_quote()

    def _end_quote(self, *, expandable: bool = False) -> None:
        if self.stack[-1].kind != "blockquote":
            self._unclosed()
        span = self.stack.pop()
        self.out.mark("expandable_blockquote" if expandable else "blockquote", span.units)

    def _unclosed(self) -> None:
        span = self.stack[-1]
        name = "PreCode" if span.language else NAMES[span.kind]
        raise MarkupError(
            f"Can't find end of {name} entity at byte offset {byte_offset(self.source, span.start)}"
        )

    def _reserved(self) -> None:
        character = self.source[self.position]
        raise MarkupError(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def _push(self, kind: str, mark: str, width: int) -> None:
        self.stack.append(OpenSpan(kind, mark, self.position, self.out.units, len(self.out.text)))
        self.position += width

    def _try_close(self) -> bool:
        if not self.stack:
            return False
        span = self.stack[-1]
        if span.kind == "blockquote":
            # "||" right before the end of the quote makes it an expandable one.
            if self._at("||") and self.source[self.position + 2 : self.position + 3] in {"", "\n"}:
                self.position += 2
                self._end_quote(expandable=True)
                return True
            return False
        if not self._at(span.mark) or (span.mark == "_" and self._at("__")):
            return False
        self.stack.pop()
        self.position += len(span.mark)
        if span.kind == "text_link":
            self._finish_link(span)
        elif span.kind == "custom_emoji":
            self._finish_emoji(span)
        elif span.language:
            self.out.mark("pre", span.units, language=span.language)
        else:
            self.out.mark(span.kind, span.units)
        return True

    def _try_open(self) -> None:
        if self.stack and self.stack[-1].kind in {"code", "pre"}:
            self._plain(self.source[self.position])
            return
        for mark in ("```", "||", "__", "*", "_", "~", "`"):
            if self._at(mark):
                self._push(MARKS[mark], mark, len(mark))
                if mark == "```":
                    self._language()
                return
        if self._at("!["):
            self._push("custom_emoji", "]", 2)
        elif self._at("["):
            self._push("text_link", "]", 1)
        else:
            self._reserved()

    def _language(self) -> None:
        found = LANGUAGE.match(self.source, self.position)
        if found:
            self.stack[-1].language = found.group(1)
            self.position = found.end()
        newline = re.compile(r"\r\n|\n\r|\n|\r").match(self.source, self.position)
        if newline:
            self.position = newline.end()

    def _address(self, what: str) -> str:
        begin, url = self.position + 1, ""
        self.position += 1
        while self.position < len(self.source) and not self._at(")"):
            if self._at("\\") and self.position + 1 < len(self.source):
                self.position += 1
            url += self.source[self.position]
            self.position += 1
        if not self._at(")"):
            raise MarkupError(f"Can't find end of {what} at byte offset {byte_offset(self.source, begin)}")
        self.position += 1
        return url

    def _finish_link(self, span: OpenSpan) -> None:
        url = self._address("a URL") if self._at("(") else self.out.text[span.character :]
        link = link_entity(url)
        if link is not None:
            self.out.mark(link.pop("type"), span.units, **link)

    def _finish_emoji(self, span: OpenSpan) -> None:
        if not self._at("("):
            raise MarkupError("Custom emoji entity must contain a tg://emoji URL")
        url = self._address("a custom emoji URL")
        identifier = url.removeprefix("tg://emoji?id=")
        if identifier == url:
            raise MarkupError("Custom emoji URL must have an emoji identifier")
        if not identifier.isdigit() or not 0 < int(identifier) < 2**63:
            raise MarkupError("Invalid custom emoji identifier specified")
        self.out.mark("custom_emoji", span.units, custom_emoji_id=identifier)
