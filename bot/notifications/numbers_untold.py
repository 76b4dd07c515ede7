"""Numbers untold: a platform does not tell a channel's followers, or the numbers of its posts; said once."""

import uuid

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.channels.callbacks import OpenChannel, Reconnect
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.channels import service as channels
from core.platforms.registry import title_of


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        channel = await channels.get(session, telling.id_of("channel_id"))
    platform = title_of(channel.platform, telling.runtime.platforms)
    name = channel.platform_name or platform
    return Told(view(channel.id, name, platform, str(telling.payload["what"]), telling.t))


def view(channel: uuid.UUID, name: str, platform: str, what: str, t: Translator) -> Screen:
    """Draw the notification; ``what`` is "posts" or "followers"."""
    return Screen.of(
        t(f"told-numbers-untold-{what}", name=name, platform=platform),
        keyboard(
            [
                button(t.label("told-channel"), OpenChannel(channel=channel)),
                button(t.label("channel-reconnect"), Reconnect(channel=channel)),
            ]
        ),
    )
