"""How are the parts of a thread told apart? Each says which one it is of how many: «2/5 …»."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"^(\d{1,2})/(\d{1,2})(?:\n| )")
# What begins a block of the small Markdown: a number before it on its line would take its meaning away.
_BLOCK = ("> ", "• ", "```")


def numbered(parts: Sequence[str]) -> list[str]:
    """Return the parts with their numbers, whatever numbers they had; one part alone has none."""
    plain = [bare(part) for part in parts]
    if len(plain) < 2:
        return plain
    marks = [f"{number}/{len(plain)}" for number in range(1, len(plain) + 1)]
    return [
        f"{mark}\n{part}" if part.startswith(_BLOCK) else f"{mark} {part}"
        for mark, part in zip(marks, plain, strict=True)
    ]


def bare(part: str) -> str:
    """Return the part without its number."""
    return _NUMBER.sub("", part.strip()).strip()


def are_numbered(parts: Sequence[str]) -> bool:
    """Tell whether the parts carry their numbers."""
    found = [_NUMBER.match(part) for part in parts]
    return len(parts) > 1 and all(
        match is not None and match.groups() == (str(number), str(len(parts)))
        for number, match in enumerate(found, start=1)
    )


def joined(said: str | Sequence[str]) -> str:
    """Return the parts as one text."""
    return said if isinstance(said, str) else "\n\n".join(said)
