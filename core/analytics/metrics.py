"""What do a publication's stored numbers say? Read with care: platforms give different ones, and rows may be by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PARTS = ("likes", "comments", "shares", "clicks")


@dataclass(frozen=True, slots=True)
class Metrics:
    """Numbers of one post; None is "the platform did not say", never zero."""

    impressions: int | None = None
    engagements: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    clicks: int | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Metrics":
        """Read ``publications.metrics``. Without a total, the engagements are the sum of their parts."""
        parts = {name: _count(stored.get(name)) for name in _PARTS}
        known = [value for value in parts.values() if value is not None]
        engagements = _count(stored.get("engagements"))
        if engagements is None and known:
            engagements = sum(known)
        return cls(impressions=_count(stored.get("impressions")), engagements=engagements, **parts)

    @property
    def rate(self) -> float | None:
        """Engagements per hundred impressions; None where the platform tells no impressions."""
        if not self.impressions or self.engagements is None:
            return None
        return 100 * self.engagements / self.impressions


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value < 10**15 else None
