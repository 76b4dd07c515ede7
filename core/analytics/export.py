"""How do the numbers get into a spreadsheet? One CSV line a publication, as UTF-8 that Excel recognises."""

import csv
import io
from collections.abc import Sequence
from datetime import tzinfo

from core.analytics.history import PastPost
from core.text import markdown

COLUMNS = (
    "number", "published_at", "platform", "channel", "kind", "text", "media", "impressions", "engagements", "likes",
    "comments", "shares", "clicks", "engagement_rate", "url",
)  # fmt: skip
_TEXT = 200  # characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


def csv_of(posts: Sequence[PastPost], zone: tzinfo) -> bytes:
    """Return the file; times are the owner's wall clock with its offset, unknown numbers are empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for post in posts:
        metrics = post.metrics
        rate = metrics.rate
        writer.writerow(
            [
                post.number,
                post.published_at.astimezone(zone).isoformat(timespec="minutes"),
                _safe(post.platform),
                _safe(post.channel_name),
                _safe(post.kind or ""),
                _safe(" ".join(markdown.parse(post.text[: 2 * _TEXT]).text.split())[:_TEXT]),
                "yes" if post.has_media else "no",
                *("" if value is None else value for value in (
                    metrics.impressions, metrics.engagements, metrics.likes, metrics.comments, metrics.shares,
                    metrics.clicks,
                )),
                "" if rate is None else round(rate, 2),
                _safe(post.url or ""),
            ]
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
