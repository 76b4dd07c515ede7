"""Update set aside: the bot died each time it had this message or tap in hand, so it is not tried again."""

from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.screens.status.callbacks import OpenStatus
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen


async def tell(telling: Telling) -> Told:
    """Draw it; the payload says when it came and how often it was tried."""
    came = datetime.fromisoformat(str(telling.payload["received_at"]))
    return Told(view(int(telling.payload["attempts"]), came, telling.t, telling.zone, telling.now))


def view(attempts: int, came: datetime, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the notification."""
    return Screen.of(
        t("told-update-set-aside", when=fmt.when(t, came, zone, now), n=attempts),
        keyboard([button(t.label("home-status"), OpenStatus()), button(t.label("ui-home"), Home())]),
    )
