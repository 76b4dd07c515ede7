"""What does the card say about one channel? Its name, the true counts, and what has become of the post there."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.i18n import Markup, Translator
from bot.ui import format as fmt
from core.content.queries import CardChannel
from core.platforms.base import Rendering
from core.publications.models import PublicationStatus


@dataclass(frozen=True, slots=True)
class Look:
    """From where a channel is looked at: when, and by whom it may be published."""

    zone: tzinfo
    now: datetime
    approved: bool
    undo_open: bool
    several: bool = False  # channels; with one alone, words of its own are nothing to mention


def channel_line(channel: CardChannel, look: Look, t: Translator) -> str:
    """Name the channel with its counts, and what has become of the post there."""
    state = _publication(channel, look, t)
    if channel.off:
        off = t("draft-channel-off", platform=channel.platform_title, name=fmt.short(channel.name, 40))
        return f"{off}\n{state}" if state else off
    counted = " + ".join(counts(channel.rendering, t))
    line = t(
        "draft-channel",
        platform=channel.platform_title,
        name=fmt.short(channel.name, 40),
        counts=Markup(counted),
    )
    if channel.own_text and look.several:
        line = Markup(f"{line} · {t('draft-channel-own')}")
    if not channel.usable:
        return f"{line}\n{t('draft-channel-broken')}"
    return f"{line}\n{state}" if state else line


def _publication(channel: CardChannel, look: Look, t: Translator) -> str:
    """Say what has become of the post on this channel."""
    status = channel.publication_status
    if status is None or status is PublicationStatus.CANCELLED:
        return ""
    if status is PublicationStatus.SCHEDULED and channel.scheduled_at is not None:
        if look.undo_open:
            return t("draft-pub-undo", distance=fmt.distance(t, channel.scheduled_at, look.now))
        due = "draft-pub-due" if channel.scheduled_at < look.now else "draft-pub-scheduled"
        key = due if look.approved else "draft-pub-waits"
        return t(key, when=fmt.when(t, channel.scheduled_at, look.zone, look.now))
    if status is PublicationStatus.PUBLISHED and channel.published_at is not None:
        return t("draft-pub-published", when=fmt.moment(t, channel.published_at, look.zone, look.now))
    if status is PublicationStatus.FAILED:
        return t("draft-pub-failed", reason=fmt.short(channel.error_message or "–", 300))
    return t(f"draft-pub-{status.value}")


def counts(rendering: Rendering | None, t: Translator) -> list[str]:
    """Return the true count of each part, in the platform's own unit."""
    parts = rendering.parts if rendering else ()
    return [t("draft-count", count=str(part.count), limit=str(part.limit)) for part in parts]
