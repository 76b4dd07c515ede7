"""Which news may the owner switch off, which may disturb at night, and when is night over?"""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from core.notifications.models import NotificationKind
from core.settings.service import Notifications
from core.text.when import wall

# Something went wrong or waits for a decision that nobody but the owner can make: never silenced.
REQUIRED = frozenset(
    {
        NotificationKind.FAILED,
        NotificationKind.UNCERTAIN,
        NotificationKind.LATE,
        NotificationKind.MISSED,
        NotificationKind.CHANNEL_ERROR,
        NotificationKind.CHANNEL_EXPIRES,
        NotificationKind.APPROVAL_EXPIRED,
        NotificationKind.KEYS_CREATED,
        NotificationKind.SETTINGS_UNREADABLE,
        NotificationKind.UPDATE_SET_ASIDE,
        NotificationKind.CONSENT,
        NotificationKind.APPROVAL_WANTED,
        NotificationKind.AUTOMATION_FAILED,
        NotificationKind.AUTOMATION_LOOP,
        NotificationKind.TROUBLE,
        NotificationKind.TROUBLE_OVER,
    }
)
SWITCHABLE = tuple(kind for kind in NotificationKind if kind not in REQUIRED)
# Told at once even in quiet hours, but without a sound: whoever is awake sees it, whoever sleeps goes on sleeping.
URGENT = frozenset(
    {
        NotificationKind.FAILED,
        NotificationKind.UNCERTAIN,
        NotificationKind.CHANNEL_ERROR,
        NotificationKind.TROUBLE,
        NotificationKind.CONSENT,  # the owner waits for it at this moment
    }
)

_DAY = timedelta(days=1)


class Way(StrEnum):
    """How a notification is treated at a moment."""

    TELL = "tell"
    SILENTLY = "silently"  # told without a sound
    HOLD = "hold"  # waits for the end of quiet hours
    MUTE = "mute"  # its kind is switched off


def way(kind: NotificationKind, wishes: Notifications, zone: tzinfo, now: datetime) -> Way:
    """Return how news of ``kind`` is treated at ``now``."""
    if kind in SWITCHABLE and kind in wishes.off:
        return Way.MUTE
    if quiet_until(wishes, zone, now) is None:
        return Way.TELL
    return Way.SILENTLY if kind in URGENT else Way.HOLD


def quiet_until(wishes: Notifications, zone: tzinfo, now: datetime) -> datetime | None:
    """Return when the quiet hours that cover ``now`` end; None when it is not quiet, or none are set."""
    if wishes.quiet_from is None or wishes.quiet_to is None:
        return None
    start, end = time.fromisoformat(wishes.quiet_from), time.fromisoformat(wishes.quiet_to)
    at = now.astimezone(zone).time()
    inside = start <= at < end if start < end else start != end and (at >= start or at < end)
    if not inside:
        return None
    today = wall.today(now, zone)
    # The third day is for a zone that skips one, as Samoa did.
    ends = (wall.moved(today + days * _DAY, end, zone) for days in range(3))
    return next((moment for moment in ends if moment > now), now + _DAY)
