"""Is something happening too often? A count in memory, for what is too frequent and too cheap to write down each time."""

from collections import deque
from datetime import datetime, timedelta


class Spate:
    """Counts by key how often something happened within ``window``; ``most`` times are too many."""

    def __init__(self, most: int, window: timedelta, *, keys: int = 1000) -> None:
        self._most, self._window, self._keys = most, window, keys
        self._seen: dict[str, deque[datetime]] = {}

    def add(self, key: str, now: datetime) -> bool:
        """Count one more; True when there are too many by now."""
        if key not in self._seen and len(self._seen) >= self._keys:
            del self._seen[next(iter(self._seen))]
        seen = self._seen.setdefault(key, deque(maxlen=self._most))
        seen.append(now)
        return len(seen) == self._most and now - seen[0] <= self._window

    def calm(self, now: datetime) -> list[str]:
        """Return, and forget, the keys with which nothing has happened for a whole window."""
        over = [key for key, seen in self._seen.items() if now - seen[-1] > self._window]
        for key in over:
            del self._seen[key]
        return over
