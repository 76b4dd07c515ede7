"""What can come of one call to a platform? Seven answers, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from core.platforms.base import Sent


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It is live."""

    sent: Sent


@dataclass(frozen=True, slots=True)
class Absent:
    """A look at the account proved that it is not live."""


@dataclass(frozen=True, slots=True)
class Again:
    """Nothing was published; trying soon again is safe."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing was published; the platform said when to come back."""

    code: str
    message: str
    retry_at: datetime


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Nothing was published; the credentials are refused."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was published, and this post never will be as it is."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be live or not. ``interrupted`` when we were told to stop in the middle of the call."""

    code: str
    message: str
    interrupted: bool = False


Outcome = Confirmed | Absent | Again | Wait | LockedOut | Refused | Unknown
