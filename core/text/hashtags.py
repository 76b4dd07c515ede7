"""How many hashtags does a text have, and how does it read with fewer? Links and code are left as they are."""

import re
from collections.abc import Iterator

_TAG = r"(?<![\w#&/\\])\\?\#(?=\w*[^\W\d_])\w+"
# What is no hashtag although it has the sign: code, the target of a link, the fragment of an address. Then runs of tags.
_RUN = re.compile(
    rf"(?:```.*?(?:```|\Z)|`[^`\n]*`|\]\([^)\s]*\)|https?://\S+)|(?P<run>{_TAG}(?:[ \t,;]+{_TAG})*)",
    re.DOTALL,
)
_ONE = re.compile(r"\\?#(\w+)")
_END_OF_LINE = re.compile(r"[ \t]*(?=\n|\Z)")
_BLANK_LINES = re.compile(r"\n{3,}")


def count(text: str) -> int:
    """Return how many hashtags stand in ``text``, as ``keep`` counts them."""
    return sum(len(_ONE.findall(run["run"])) for run in _runs(text))


def keep(text: str, most: int) -> str:
    """Return ``text`` with its first ``most`` hashtags.

    Of the others those at the end of a line go; in the middle of a sentence the word stays and only its sign goes.
    """
    left, position = max(0, most), 0
    pieces: list[str] = []
    for run in _runs(text):
        tags = list(_ONE.finditer(run["run"]))
        if len(tags) > left:
            last = _END_OF_LINE.match(text, run.end()) is not None
            pieces += [text[position : run.start()], _shortened(run["run"], tags, left, last=last)]
            position = run.end()
        left = max(0, left - len(tags))
    if not position:
        return text
    lines = ("".join(pieces) + text[position:]).split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _shortened(run: str, tags: list[re.Match[str]], most: int, *, last: bool) -> str:
    kept = run[: tags[most - 1].end()] if most else ""
    if last:
        return kept
    return kept + _ONE.sub(lambda tag: tag[1], run[len(kept) :])


def _runs(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _RUN.finditer(text) if found["run"])
