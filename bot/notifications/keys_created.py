"""Keys created: the installation made its own encryption keys; losing them loses the channels' credentials."""

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen


async def tell(telling: Telling) -> Told:
    """Draw it; the payload may name the file."""
    path = str(telling.payload.get("path") or telling.runtime.settings.nexus_home)
    return Told(view(path, telling.t))


def view(path: str, t: Translator) -> Screen:
    """Draw the notification."""
    return Screen.of(t("told-keys-created", path=path), keyboard([button(t.label("ui-home"), Home())]))
