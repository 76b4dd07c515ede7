"""Channel error: a channel's credentials are refused; its queue waits for Reconnect."""

import uuid

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.channels.callbacks import OpenChannel, Reconnect
from bot.screens.channels.view import reason as reason_in_words
from bot.screens.queue.callbacks import OpenQueue
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen
from core.channels import service as channels
from core.platforms.registry import title_of


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        channel = await channels.get(session, telling.id_of("channel_id"))
    platform = title_of(channel.platform, telling.runtime.platforms)
    reason = reason_in_words(channel.error_message, telling.t, 500)
    name = channel.platform_name or platform
    return Told(view(channel.id, name, platform, reason, telling.t))


def view(channel: uuid.UUID, name: str, platform: str, reason: str, t: Translator) -> Screen:
    """Draw the notification."""
    return Screen.of(
        t("told-channel-error", name=name, platform=platform, reason=reason),
        keyboard(
            [button(t.label("channel-reconnect"), Reconnect(channel=channel), style=Style.PRIMARY)],
            [
                button(t.label("told-channel"), OpenChannel(channel=channel)),
                button(t.label("told-queue"), OpenQueue()),
            ],
        ),
    )
