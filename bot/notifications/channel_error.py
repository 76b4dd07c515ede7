"""Channel error: a channel's credentials are refused; its queue waits for Reconnect."""

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.status.callbacks import OpenStatus
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.channels import service as channels
from core.platforms.registry import title_of


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        channel = await channels.get(session, telling.id_of("channel_id"))
    platform = title_of(channel.platform, telling.runtime.platforms)
    reason = fmt.short(channel.error_message or "–", 500)
    return Told(view(channel.platform_name or platform, platform, reason, telling.t))


def view(name: str, platform: str, reason: str, t: Translator) -> Screen:
    """Draw the notification."""
    return Screen.of(
        t("told-channel-error", name=name, platform=platform, reason=reason),
        keyboard(
            [
                button(t.label("home-status"), OpenStatus()),
                button(t.label("told-queue"), OpenQueue()),
            ]
        ),
    )
