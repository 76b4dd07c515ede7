"""Channel expires: its access ends soon, or has ended, and only the owner can give it anew."""

import uuid
from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.channels.callbacks import OpenChannel, Reconnect
from bot.screens.queue.callbacks import OpenQueue
from bot.ui import format as fmt
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen
from core.channels import expiry, queries
from core.channels import service as channels
from core.errors import NotFound
from core.platforms.registry import title_of

_NAME = 100  # characters


async def tell(telling: Telling) -> Told:
    """Load and draw. Raises ``NotFound`` when it is no longer so: connected again, or disconnected."""
    channel_id = telling.id_of("channel_id")
    ends = datetime.fromisoformat(str(telling.payload["ends_at"]))
    async with telling.runtime.unit_of_work() as session:
        line = await queries.details(session, channel_id)
        channel = await channels.get(session, channel_id)
    if not expiry.still_ends(telling.runtime, channel, ends):
        raise NotFound("the channel's access no longer ends then", channel_id=channel_id)
    platform = title_of(line.platform, telling.runtime.platforms)
    return Told(
        view(channel_id, line.name, platform, ends, line.waiting, telling.t, telling.zone, telling.now)
    )


def view(
    channel: uuid.UUID,
    name: str,
    platform: str,
    ends: datetime,
    waiting: int,
    t: Translator,
    zone: tzinfo,
    now: datetime,
) -> Screen:
    """Draw the notification."""
    key = "told-channel-expired" if ends <= now else "told-channel-expires"
    text = t(key, name=fmt.short(name, _NAME), platform=platform, when=fmt.when(t, ends, zone, now))
    if waiting:
        text = t("told-channel-expires-queue", text=text, n=waiting)
    return Screen.of(
        text,
        keyboard(
            [button(t.label("channel-reconnect"), Reconnect(channel=channel), style=Style.PRIMARY)],
            [
                button(t.label("told-channel"), OpenChannel(channel=channel)),
                button(t.label("told-queue"), OpenQueue()),
            ],
        ),
    )
