"""Which text and entities does `parse_mode=HTML` describe?"""

import re
from dataclasses import dataclass

from bot.sandbox.formatted import FormattedText, MarkupError, byte_offset, link_entity

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
KNOWN = frozenset(SIMPLE) | {"a", "code", "pre", "blockquote", "tg-emoji"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
ATTRIBUTE = re.compile(r"""([^\s=>]*)\s*(=?)\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]*))""")


@dataclass
class OpenTag:
    """A start tag whose end has not been met."""

    name: str
    argument: str | None
    units: int
    character: int
    """How much plain text stood before it: in UTF-16 units, and in characters."""


def parse_html(source: str) -> FormattedText:
    """Parse Telegram's HTML subset. Raises `MarkupError` in Telegram's own words."""
    out, stack, position = FormattedText(), list[OpenTag](), 0
    while position < len(source):
        character = source[position]
        if character == "&":
            decoded, position = _decode(source, position)
            out.write(decoded)
        elif character != "<":
            end = min(
                (at for at in (source.find("<", position), source.find("&", position)) if at >= 0),
                default=len(source),
            )
            out.write(source[position:end])
            position = end
        elif source.startswith("</", position):
            position = _close(source, position, stack, out)
        else:
            position = _open(source, position, stack, out)
    if stack:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    for entity in out.entities:
        entity.pop("language_of_code", None)
    return out


def _decode(source: str, position: int) -> tuple[str, int]:
    found = REFERENCE.match(source, position)
    if not found:
        return "&", position + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        # An unknown name stays as it was typed: Telegram supports these four only.
        return (NAMED[name], found.end()) if name in NAMED else ("&", position + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", position + 1
    return chr(code), found.end()


def _unescape(value: str) -> str:
    out, position = "", 0
    while position < len(value):
        if value[position] == "&":
            piece, position = _decode(value, position)
            out += piece
        else:
            out += value[position]
            position += 1
    return out


def _open(source: str, begin: int, stack: list[OpenTag], out: FormattedText) -> int:
    found = re.compile(r"[^\s>]*").match(source, begin + 1)
    name = found.group().lower() if found else ""
    position = begin + 1 + len(name)
    offset = byte_offset(source, begin)
    if position >= len(source):
        raise MarkupError(f"Unclosed start tag at byte offset {offset}")
    if name not in KNOWN:
        raise MarkupError(f'Unsupported start tag "{name}" at byte offset {offset}')
    attributes, position = _attributes(source, position, name, offset)
    argument = {
        "a": attributes.get("href"),
        "code": attributes.get("class", ""),
        "tg-emoji": attributes.get("emoji-id"),
        "blockquote": attributes.get("expandable"),
    }.get(name)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    stack.append(OpenTag(name, argument, out.units, len(out.text)))
    return position


def _attributes(source: str, position: int, tag: str, offset: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while True:
        while position < len(source) and source[position].isspace():
            position += 1
        if position >= len(source):
            raise MarkupError(f"Unclosed start tag at byte offset {offset}")
        if source[position] == ">":
            return attributes, position + 1
        found = ATTRIBUTE.match(source, position)
        if found is None or not found.group(1):
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        name, equals, double, single, token = found.groups()
        if not equals and (tag, name.lower()) != ("blockquote", "expandable"):
            raise MarkupError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {offset}'
            )
        quoted = double if double is not None else single
        end = found.end() if equals else found.end(1)
        if end < len(source) and quoted is None and equals and source[end] not in "> \t\r\n":
            if source[end] in "\"'":
                raise MarkupError(f"Unclosed start tag at byte offset {offset}")
            raise MarkupError(
                f"Unexpected end of name token at byte offset {byte_offset(source, found.start(5))}"
            )
        attributes[name.lower()] = _unescape(quoted) if quoted is not None else (token or "").lower()
        position = end


def _close(source: str, begin: int, stack: list[OpenTag], out: FormattedText) -> int:
    offset = byte_offset(source, begin)
    if not stack:
        raise MarkupError(f"Unexpected end tag at byte offset {offset}")
    found = re.compile(r"</([^\s>]*)\s*(>?)").match(source, begin)
    name, bracket = (found.group(1).lower(), found.group(2)) if found else ("", "")
    if found is None or not bracket:
        raise MarkupError(f"Unclosed end tag at byte offset {offset}")
    if name and name != stack[-1].name:
        raise MarkupError(
            f'Unmatched end tag at byte offset {offset}, expected "</{stack[-1].name}>", found "</{name}>"'
        )
    _finish(stack.pop(), out)
    return found.end()


def _finish(tag: OpenTag, out: FormattedText) -> None:
    if tag.name in SIMPLE:
        out.mark(SIMPLE[tag.name], tag.units)
    elif tag.name == "blockquote":
        out.mark("expandable_blockquote" if tag.argument is not None else "blockquote", tag.units)
    elif tag.name == "a":
        link = link_entity(tag.argument or out.text[tag.character :])
        if link is not None:
            out.mark(link.pop("type"), tag.units, **link)
    elif tag.name == "tg-emoji":
        identifier = tag.argument or ""
        if not identifier.isdigit() or not 0 < int(identifier) < 2**63:
            raise MarkupError("Invalid custom emoji identifier specified")
        out.mark("custom_emoji", tag.units, custom_emoji_id=identifier)
    else:
        _finish_code(tag, out)


def _finish_code(tag: OpenTag, out: FormattedText) -> None:
    """`<pre><code class="language-x">` (either way round, covering the same text) is one `pre` with a language."""
    language = (
        (tag.argument or "").removeprefix("language-") if (tag.argument or "").startswith("language-") else ""
    )
    last = out.entities[-1] if out.entities else None
    same = last is not None and (last["offset"], last["length"]) == (tag.units, out.units - tag.units)
    if (
        tag.name == "pre"
        and last is not None
        and same
        and last["type"] == "code"
        and last["language_of_code"]
    ):
        last["type"], last["language"] = "pre", last.pop("language_of_code")
    elif tag.name == "code" and last is not None and same and last["type"] == "pre" and language:
        last["language"] = language
    elif tag.name == "pre":
        out.mark("pre", tag.units)
    else:
        out.mark("code", tag.units, language_of_code=language)
