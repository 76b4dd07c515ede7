"""How does a draft become the texts of a platform's parts? Read, cleaned, split where asked; findings reported."""

import re
from collections.abc import Callable, Sequence

from core.platforms.base import Fix, Post, Problem, Severity
from core.text.count import Measure, is_visible
from core.text.markdown import parse
from core.text.plain import to_plain
from core.text.rich import RichText
from core.text.split import split

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def cleaned(text: str) -> str:
    """Return ``text`` without control characters and halves of characters, which no platform takes."""
    return _NOT_TEXT.sub("", text)


def plain_texts(
    post: Post,
    problems: list[Problem],
    *,
    limit: int,
    measure: Measure,
    write: Callable[[RichText], str] = to_plain,
) -> list[str]:
    """Return the texts of the parts as ``write`` puts them, split into pieces of ``limit`` where the draft says so.

    Blank ones are left out; in a thread they are reported.
    """
    texts: list[str] = []
    for number, given in enumerate(post.thread or (post.text,), start=1):
        rich = parse(cleaned(given))
        if not is_visible(rich.text):
            if post.thread:
                problems.append(Problem("empty-part", Severity.BLOCKING, {"part": number}, (Fix.EDIT,)))
            continue
        text = write(rich).strip()
        if post.options.get("split") is True and measure(text) > limit:
            texts += [piece.text for piece in split(RichText(text), limit, measure)]
        else:
            texts.append(text)
    return texts


def too_long(count: int, limit: int, fixes: Sequence[Fix] = (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT)) -> Problem:
    """Return the finding about a text above its limit."""
    params = {"count": count, "limit": limit, "over": count - limit}
    return Problem("too-long", Severity.BLOCKING, params, tuple(fixes))


def empty() -> Problem:
    """Return the finding about a post of which nothing can be seen."""
    return Problem("empty", Severity.BLOCKING, fixes=(Fix.EDIT,))
