"""Model replaced: a model of the settings is no longer served, another one writes in its place."""

from collections.abc import Sequence

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.screens.settings.callbacks import OpenSection
from bot.screens.settings.fields import Section
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen


async def tell(telling: Telling) -> Told:
    """Draw it; the payload names the models, each with the one that is asked instead."""
    return Told(view([str(pair) for pair in telling.payload["models"]], telling.t))


def view(pairs: Sequence[str], t: Translator) -> Screen:
    """Draw the notification."""
    lines = "\n".join(f"• {fmt.short(pair, 250)}" for pair in pairs)
    return Screen.of(
        t("told-model-replaced", models=lines),
        keyboard(
            [button(t.label("settings-open-ai"), OpenSection(section=Section.AI))],
            [button(t.label("ui-home"), Home())],
        ),
    )
