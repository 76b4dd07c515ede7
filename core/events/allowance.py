"""How many events may a product send? So many a minute, with a minute's worth at once; counted in each process."""

import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from core.events.errors import TooMany


@dataclass
class _Bucket:
    left: float
    at: float


@dataclass
class Allowance:
    """A bucket for each product, filled as time goes by. ``time`` is in seconds; when it goes back nothing is filled."""

    time: Callable[[], float]
    _buckets: dict[uuid.UUID, _Bucket] = field(default_factory=dict)

    def take(self, product_id: uuid.UUID, per_minute: int) -> None:
        """Take one. Raises ``TooMany`` when none is left."""
        now = self.time()
        bucket = self._buckets.setdefault(product_id, _Bucket(per_minute, now))
        bucket.left = min(per_minute, bucket.left + max(0.0, now - bucket.at) * per_minute / 60)
        bucket.at = now
        if bucket.left < 1:
            raise TooMany(per_minute, math.ceil((1 - bucket.left) * 60 / per_minute))
        bucket.left -= 1
