"""Which numbers only count the text's own pieces? Items of a list, parts of a thread, «шаг 3», "three reasons:"."""

import re
from collections.abc import Iterator
from decimal import Decimal

_I = re.IGNORECASE
_ITEM = re.compile(
    r"^[ \t]*(?P<n>\d{1,2})(?:[.)](?=\s|$)|\ufe0f?\u20e3|\s*[—–-](?=\s)|/(?=\s|$))", re.MULTILINE
)
_BULLET = re.compile(
    r"^[ \t]*(?:[•·*▪◦‣–—-]|[✅✔☑➡→👉🔹🔸▶]\ufe0f?|\d{1,2}[.)]|\d\ufe0f?\u20e3)\s*\S", re.MULTILINE
)
_OF = re.compile(r"(?<![\w/.])\(?(?P<n>\d{1,2})\s?(?:/|из|of)\s?(?P<all>\d{1,2})\)?(?![\w/%]|[.,]\d)", _I)
_KEYCAP = re.compile(r"\d\ufe0f?\u20e3")
# «Шаг 3», "tip #2": the text's own pieces.
_PIECE = re.compile(
    r"(?<!\w)(?:шаг|часть|совет|пункт|правило|причина|способ|урок|глава|день|вопрос|пример|ошибка|миф|факт|step|part|tip|"
    r"rule|reason|way|lesson|chapter|day|question|example|mistake|myth|fact)\s+(?:№\s?|#)?(?P<n>\d{1,2})(?!\w|[.,]\d|\s?%)",
    _I,
)
_MOST_PIECES = 30
_SENTENCE = re.compile(r"[.!?…\n]")
_ITEM_WORDS, _MOST_ITEMS = 3, 9


def numbering(text: str, parts: int) -> Iterator[tuple[int, int]]:
    """Yield the places of numbers that count pieces; ``parts`` is how many parts the whole post has."""
    for match in _KEYCAP.finditer(text):
        yield match.span()
    expected = {1}
    for match in _ITEM.finditer(text):
        number = int(match["n"])
        # A list begins with 1 (or goes on from another part) and counts on; «50. …» alone states something.
        if number in expected or (parts > 1 and number <= parts):
            expected.add(number + 1)
            yield match.span()
    found = list(_OF.finditer(text))
    counted = {(int(match["n"]), int(match["all"])) for match in found}
    for match in found:
        number, total = int(match["n"]), int(match["all"])
        alone_on_an_edge = _on_an_edge(text, match)
        whole = all((n, total) in counted for n in range(1, total + 1))
        if 1 <= number <= total <= _MOST_PIECES and (
            (total == parts and alone_on_an_edge) or (whole and total > 1)
        ):
            yield match.span()
    pieces = {int(match["n"]) for match in _PIECE.finditer(text)}
    for match in _PIECE.finditer(text):
        if set(range(1, int(match["n"]))) <= pieces or (parts > 1 and int(match["n"]) <= parts):
            yield match.span("n")


def own_counts(text: str) -> set[Decimal]:
    """Return how many items the text's own lists have: "three reasons" is right above a list of three."""
    counts: set[Decimal] = set()
    run = 0
    blank = 0
    for line in [*text.split("\n"), "", ""]:
        if _BULLET.match(line):
            run, blank = run + 1, 0
        elif not line.strip():
            blank += 1
        if run and (blank > 1 or (line.strip() and not _BULLET.match(line) and blank)):
            counts.add(Decimal(run))
            run = 0
    counts |= {Decimal(items) for items in map(_enumerated, _SENTENCE.split(text)) if items}
    steps = {int(match["n"]) for match in _PIECE.finditer(text)}
    if steps and steps == set(range(1, len(steps) + 1)):
        counts.add(Decimal(len(steps)))
    return {count for count in counts if count > 1}


def _enumerated(sentence: str) -> int:
    """How many things a sentence lists: «инжир, горгонзола и орехи» are three; 0 when it is no plain list."""
    tail = sentence.rpartition(":")[2]
    items = [item.strip() for item in re.split(r",|\sи\s|\sand\s|&", tail) if item.strip()]
    short = all(len(item.split()) <= _ITEM_WORDS and not any(map(str.isdigit, item)) for item in items)
    return len(items) if "," in tail and short and 3 <= len(items) <= _MOST_ITEMS else 0


def _on_an_edge(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    begins = not before.rsplit("\n", 1)[-1].strip()
    ends = not after.split("\n", 1)[0].strip()
    return begins or ends
