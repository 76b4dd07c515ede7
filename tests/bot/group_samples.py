"""The screens about groups, with difficult titles."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.screens.channels import connect_view
from bot.screens.channels.connect_view import Offer
from bot.screens.groups import view
from bot.ui.screen import Screen
from core.settings.service import AllowedGroup
from tests.bot.samples import ID, NAME

_GROUP = -999_999_999_999_999
_GROUPS = [AllowedGroup(id=_GROUP, title=NAME[:128]), AllowedGroup(id=-100)] * 10
SCREENS: dict[str, Callable[[Translator], Screen]] = {
    "groups": lambda t: view.groups(_GROUPS, t),
    "groups none": lambda t: view.groups([], t),
    "groups ask": view.ask,
    "groups not here": lambda t: view.elsewhere("groups-not-here", "nexus_bot", t),
    "groups secret": lambda t: view.elsewhere("groups-secret", "nexus_bot", t),
    "offer in a group": lambda t: connect_view.offer(NAME, _GROUP, [Offer(ID, NAME)], t, group=True),
    "offer in a group, several": lambda t: connect_view.offer(
        NAME, _GROUP, [Offer(ID, NAME)] * 8, t, group=True
    ),
    "offer in a group, no product": lambda t: connect_view.offer(NAME, _GROUP, [], t, group=True),
}
