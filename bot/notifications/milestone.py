"""Milestone: a round number of followers or views was passed; one tap makes a post of it."""

import uuid

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.analytics.callbacks import OpenAnalytics
from bot.screens.suggest.callbacks import MakePost
from bot.ui import format as fmt
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen
from core.channels import service as channels
from core.platforms.registry import title_of


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        channel = await channels.get(session, telling.id_of("channel_id"))
    platform = title_of(channel.platform, telling.runtime.platforms)
    what, number = str(telling.payload["what"]), int(telling.payload["milestone"])
    name = channel.platform_name or platform
    about = (telling.notification_id, channel.product_id)
    return Told(view(about, what, number, int(telling.payload["value"]), name, platform, telling.t))


def view(
    about: tuple[uuid.UUID, uuid.UUID],
    what: str,
    milestone: int,
    value: int,
    name: str,
    platform: str,
    t: Translator,
) -> Screen:
    """Draw the notification; ``about`` is itself and its product, ``what`` is "followers" or "reach"."""
    notification, product = about
    said = t(
        f"told-milestone-{what}",
        milestone=fmt.number(t, milestone),
        value=fmt.number(t, value),
        name=fmt.short(name, 100),
        platform=platform,
    )
    return Screen.of(
        said,
        keyboard(
            [button(t.label("celebrate-make"), MakePost(notification=notification), style=Style.SUCCESS)],
            [button(t.label("told-numbers-open"), OpenAnalytics(product=product))],
        ),
    )
