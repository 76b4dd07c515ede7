"""AI unavailable: texts are made from templates until the model answers again."""

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.status.callbacks import OpenStatus
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen


async def tell(telling: Telling) -> Told:
    """Draw it; the payload may say why."""
    code = str(telling.payload.get("notice") or telling.payload.get("reason") or "unavailable")
    return Told(view(code, telling.t))


def view(code: str, t: Translator) -> Screen:
    """Draw the notification; ``code`` is one of the writer's notices."""
    key = f"notice-{code}"
    reason = t(key) if t.has(key) else t("notice-unavailable")
    return Screen.of(
        t("told-ai-unavailable", reason=reason),
        keyboard([button(t.label("home-status"), OpenStatus())]),
    )
