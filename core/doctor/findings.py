"""What does the doctor say about one part? How it is, and what to do."""

from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any


class Level(IntEnum):
    """How bad it is; also the exit code of `nexus doctor`."""

    OK = 0
    WARNING = 1  # works, but not everything or not for long
    FAILURE = 2  # something does not work until it is changed


@dataclass(frozen=True, slots=True)
class Finding:
    """One checked part. ``advice`` is empty when there is nothing to do."""

    part: str
    level: Level
    message: str
    advice: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for JSON."""
        return asdict(self) | {"level": self.level.name.lower()}


def ok(part: str, message: str) -> Finding:
    """All is well."""
    return Finding(part, Level.OK, message)


def warning(part: str, message: str, advice: str) -> Finding:
    """It works, but something should be done."""
    return Finding(part, Level.WARNING, message, advice)


def failure(part: str, message: str, advice: str) -> Finding:
    """It does not work until something is done."""
    return Finding(part, Level.FAILURE, message, advice)


def worst(findings: list[Finding]) -> Level:
    """Return the worst level found."""
    return max((finding.level for finding in findings), default=Level.OK)
