"""What is deleted when it is old enough, and what never is? One line for each table that grows with use."""

from dataclasses import dataclass

from core.settings.service import Keeping


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of ``table`` (called ``r``) older than the days of the setting go, where ``also`` holds. All three are SQL."""

    table: str
    age: str
    setting: str
    also: str = "true"

    def days(self, keeping: Keeping) -> int | None:
        """Return for how many days rows are kept; None: for ever."""
        days: int | None = getattr(keeping, self.setting)
        return days


# What a post was sent with stays: what is confirmed says where it stands, what is open whether it does.
_ENDED_IN_NOTHING = "r.state IN ('rejected', 'transient')"
_TOLD = "r.status IN ('sent', 'muted', 'failed')"
_ENDED = "r.status IN ('success', 'failed')"
# The version of today, the approved one, and whatever a publication is of.
_NOBODY_NEEDS = """
    NOT EXISTS (SELECT 1 FROM content c WHERE c.id = r.content_id AND r.version IN (c.version, c.approved_version))
    AND NOT EXISTS (
        SELECT 1 FROM publications p WHERE p.content_id = r.content_id AND p.content_version = r.version
    )
"""

RULES: tuple[Rule, ...] = (
    Rule("publication_metrics", "r.taken_at", "numbers_days"),
    Rule("channel_followers", "r.taken_at", "numbers_days"),
    Rule("publication_attempts", "r.started_at", "attempts_days", _ENDED_IN_NOTHING),
    Rule("notifications", "r.created_at", "news_days", _TOLD),
    Rule("content_versions", "r.created_at", "versions_days", _NOBODY_NEEDS),
    Rule("automation_logs", "r.started_at", "runs_days", _ENDED),
)
