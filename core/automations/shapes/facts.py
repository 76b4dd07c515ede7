"""What besides the event may a post be written from? "daily_stats: 7d": the product's own numbers of some days."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from core.automations.shapes.spans import parse_span

_FACTS = re.compile(r"(daily_stats|top_posts)\s*:\s*(\S.{0,20})")


@dataclass(frozen=True, slots=True)
class Facts:
    """Which numbers, of how many days back."""

    source: Literal["daily_stats", "top_posts"]
    days: int


def parse_facts(text: str) -> Facts | None:
    """Read a source of facts; None when it is none. At least a day, at most a year."""
    match = _FACTS.fullmatch(" ".join(text.lower().split()))
    span = parse_span(match[2]) if match else None
    if match is None or span is None or span.is_random or span.least < timedelta(days=1):
        return None
    return Facts("daily_stats" if match[1] == "daily_stats" else "top_posts", span.least.days)
