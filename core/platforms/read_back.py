"""Has a look at an account's newest posts gone back far enough to say that one is not there?"""

from collections.abc import Sequence
from datetime import datetime

from core.errors import OutcomeUnknown
from core.platforms.base import CLOCK_SKEW


def be_conclusive(
    title: str, moments: Sequence[datetime], *, asked: int, since: datetime, more: bool = False
) -> None:
    """Raise ``OutcomeUnknown`` when posts of the time in question may lie beyond those that were read.

    ``moments`` are the times of what was read, as the platform lists it: the oldest last, perhaps a pinned one first.
    ``asked`` is how many were asked for; ``more`` is True when the platform itself says that the list goes on.
    """
    cut_off = more or len(moments) >= asked
    if cut_off and moments and moments[-1] >= since - CLOCK_SKEW:
        raise OutcomeUnknown(
            f"{title} has moved on too far to be sure", error_code="not-conclusive", platform=title
        )
