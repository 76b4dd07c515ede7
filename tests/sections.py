"""How is one section of a written page replaced, and the rest left alone?"""

_NEXT = "\n## "


def placed(page: str, heading: str, section: str) -> str:
    """Put ``section``, which begins with ``heading``, in place of the one there was, or at the end."""
    before, found, after = page.partition(heading)
    rest = after.partition(_NEXT)[2] if found else ""
    return before.rstrip("\n") + "\n\n" + section + (f"{_NEXT}{rest}" if rest else "")


def kept(page: str, heading: str) -> str:
    """Return the section that stands on the page under ``heading``, or nothing."""
    _, found, after = page.partition(heading)
    return found + after.partition(_NEXT)[0] if found else ""
