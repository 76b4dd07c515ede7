"""What can go wrong when posts are put on the calendar?"""

from core.errors import Actor, NexusError


class PublishingError(NexusError):
    """Root of what scheduling refuses; the owner chooses otherwise or overrides."""

    actor = Actor.OWNER
    code = "publishing"


class NotApproved(PublishingError):
    """The current version of this content has not been approved, so it is not published."""

    code = "not-approved"


class NoChannel(PublishingError):
    """There is no connected channel to publish to."""

    code = "no-channel"


class SwitchedOff(PublishingError):
    """The owner has switched this platform off for this post. ``params``: ``platform``."""

    code = "switched-off"


class NotFree(PublishingError):
    """The owner's own rules stand against this moment; ``params["nearest"]`` is the next free one (aware UTC, or None).

    All of them give way when the owner says "all the same".
    """


class DayFull(NotFree):
    """The day already has as many posts as the settings allow.

    ``params``: ``nearest`` (the next allowed moment, aware UTC, or None), ``limit`` (posts a day).
    """

    code = "day-full"


class TooClose(NotFree):
    """Another post of the product is nearer than the minimum gap.

    ``params``: ``nearest`` (the next allowed moment, aware UTC, or None), ``gap_hours``.
    """

    code = "too-close"


class PlatformDayFull(NotFree):
    """The platform already has as many posts on this day as the settings allow it.

    ``params``: ``nearest``, ``platform`` (its slug), ``limit`` (posts a day there).
    """

    code = "platform-day-full"


class QuietHours(NotFree):
    """The moment lies in the owner's quiet hours.

    ``params``: ``nearest``, ``quiet_from`` and ``quiet_to`` (wall-clock times, "23:00").
    """

    code = "quiet-hours"
