"""Does work pile up? The queue, what is overdue, and events that nobody works on."""

from datetime import datetime, timedelta

from core.config import Settings
from core.doctor.findings import Finding, failure, ok, warning
from core.health import standing
from core.health.standing import Standing

_LATE, _MUCH_LATER = timedelta(minutes=1), timedelta(minutes=10)
_LONG_QUEUE = 5_000  # jobs; half of what a stream takes


def check_posts(found: Standing, now: datetime) -> Finding:
    """Check that what is due goes out."""
    if found.oldest_due is None or now - found.oldest_due < _LATE:
        return ok("queue", f"{found.due} post(s) are due, none is overdue")
    text = f"{found.due} post(s) are overdue, the oldest since {found.oldest_due:%Y-%m-%d %H:%M} UTC"
    advice = "Look whether publishing is paused (/status), and that a scheduler and a worker run"
    if now - found.oldest_due < _MUCH_LATER:
        return warning("queue", text, advice)
    return failure("queue", text, advice)


def check_events(found: Standing) -> Finding:
    """Check that events are worked on."""
    if found.events > _LONG_QUEUE:
        return warning(
            "events", f"{found.events} events wait for their rules", "Start more workers; docs/scaling.md"
        )
    return ok("events", f"{found.events} event(s) wait for their rules")


async def check_jobs(settings: Settings) -> list[Finding]:
    """Check how many jobs wait in Redis; nothing without one, or when it does not answer, which is said elsewhere."""
    if settings.redis_url is None:
        return []
    depths = await standing.queue_depths(settings.redis_url.get_secret_value())
    if depths is None:
        return []
    text = ", ".join(f"{name} {depth}" for name, depth in depths.items())
    if max(depths.values()) > _LONG_QUEUE:
        return [
            warning("jobs", f"Many jobs wait: {text}", "Start more workers, or find out why they stand still")
        ]
    return [ok("jobs", f"Waiting or being done: {text}")]
