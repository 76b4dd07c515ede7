"""Are you sure? A question with its consequence, and two buttons; "no" is the way back."""

from bot.i18n import Markup, Translator
from bot.ui.callbacks import Callback
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen


def confirm(
    t: Translator,
    question: Markup,
    *,
    yes: Callback,
    no: Callback,
    yes_label: str = "",
    style: Style | None = None,
) -> Screen:
    """Ask ``question``; ``yes_label`` names the deed ("Delete"), never just "Yes" for what cannot be undone."""
    return Screen.of(
        question,
        keyboard([button(yes_label or t.label("ui-yes"), yes, style=style), button(t.label("ui-back"), no)]),
    )
