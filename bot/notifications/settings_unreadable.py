"""Settings unreadable: a row was edited by hand and part of it means nothing; defaults stand in."""

from collections.abc import Sequence

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.screens.status.callbacks import OpenStatus
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen

_SHOWN = 10  # fields named


async def tell(telling: Telling) -> Told:
    """Draw it; the payload names the group and its fields."""
    group = str(telling.payload["group"])
    fields = [f"{group}.{name}" if name else group for name in map(str, telling.payload["fields"])]
    return Told(view(fields, telling.t))


def view(fields: Sequence[str], t: Translator) -> Screen:
    """Draw the notification."""
    named = ", ".join(fmt.short(name, 60) for name in fields[:_SHOWN])
    return Screen.of(
        t("told-settings-unreadable", fields=named),
        keyboard([button(t.label("home-status"), OpenStatus()), button(t.label("ui-home"), Home())]),
    )
