"""Buttons of the settings screens. Each says what is to be, not "the other way round": a second tap changes nothing."""

from typing import Annotated

from pydantic import Field

from bot.screens.settings.fields import Code, Section
from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET
from core.notifications.models import NotificationKind

# A name too long for a button is carried as a number made from its letters.
Mark = Annotated[int, Field(ge=0, le=2**32 - 1)]


class OpenSettings(Callback, prefix="set"):
    """Open all settings."""


class OpenSection(Callback, prefix="setsec"):
    """Open one group of settings."""

    section: Section


class OpenSetting(Callback, prefix="setone"):
    """Open one setting; ``offset`` is for the list of models."""

    code: Code
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class AskSetting(Callback, prefix="setask"):
    """Take the next message as the setting's value."""

    code: Code


class SetSetting(Callback, prefix="setval"):
    """Take one of the offered values."""

    code: Code
    number: Annotated[int, Field(ge=0, le=99)]


class SetModel(Callback, prefix="setmod"):
    """Take one of the offered models."""

    code: Code
    mark: Mark


class SetZone(Callback, prefix="setzon"):
    """Take the zone with this mark."""

    mark: Mark


class OpenPlatforms(Callback, prefix="setpls"):
    """Open the limits of each platform."""


class OpenPlatform(Callback, prefix="setpl"):
    """Open one platform's limit."""

    platform: Mark


class LimitPlatform(Callback, prefix="setplv"):
    """Let so many posts a day go out there; zero means as many as come."""

    platform: Mark
    most: Annotated[int, Field(ge=0, le=1000)]


class AskPlatform(Callback, prefix="setpla"):
    """Take the next message as the platform's limit."""

    platform: Mark


class SwitchKind(Callback, prefix="setkin"):
    """Tell of this kind of news, or not."""

    kind: NotificationKind
    on: bool


class OpenElsewhere(Callback, prefix="setenv"):
    """Show what is set in the environment, and who the owners are."""
