"""What do the screens about groups show? Where the bot answers, and in the group itself a way to the private chat."""

from collections.abc import Sequence

from bot.i18n import Translator
from bot.screens.groups import callbacks as cb
from bot.screens.home.callbacks import Home
from bot.screens.settings.callbacks import OpenElsewhere
from bot.ui import format as fmt
from bot.ui.form import question
from bot.ui.keyboard import Style, button, grid, keyboard, link
from bot.ui.screen import Screen
from core.settings.service import AllowedGroup

_NAME = 100  # characters


def groups(allowed: Sequence[AllowedGroup], t: Translator) -> Screen:
    """Draw where the bot answers; a tap on a group takes it off the list."""
    lines = [
        t("groups-line", title=fmt.short(group.title or str(group.id), _NAME), id=str(group.id))
        for group in allowed
    ]
    off = [
        button(
            t.label("groups-forget", title=fmt.short(group.title or str(group.id), 40)),
            cb.ForgetGroup(chat=group.id),
        )
        for group in allowed
    ]
    return Screen.of(
        "\n\n".join([t("groups-title"), "\n".join(lines) or t("groups-none")]),
        keyboard(
            [button(t.label("groups-add"), cb.AskGroup(), style=Style.PRIMARY)],
            *grid(off, 1),
            [button(t.label("ui-back"), OpenElsewhere()), button(t.label("ui-home"), Home())],
        ),
    )


def ask(t: Translator) -> Screen:
    """Ask for the group."""
    return question(t, t("groups-ask"), cancel=cb.OpenGroups())


def inside(screen: Screen, username: str, t: Translator) -> Screen:
    """Return a screen as the group sees it: nothing there can be tapped but the way to the private chat."""
    return Screen(
        screen.body, keyboard([link(t.label("groups-private"), _address(username))]), more=screen.more
    )


def elsewhere(key: str, username: str, t: Translator) -> Screen:
    """Say in the group why this is not done there."""
    return Screen.of(t(key), keyboard([link(t.label("groups-private"), _address(username))]))


def _address(username: str) -> str:
    return f"https://t.me/{username}"
