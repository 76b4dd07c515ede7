"""Buttons of the channels screens."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET

# Telegram numbers channels and groups below zero, down to some -10^13.
ChatNumber = Annotated[int, Field(ge=-(10**15), le=10**15)]


class OpenChannels(Callback, prefix="chans"):
    """Open the list of channels."""


class TurnChannels(Callback, prefix="chansp"):
    """Open a page of the list."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class AboutChannel(Callback, prefix="chan0"):
    """About one channel; the base of the card's buttons, never sent itself."""

    channel: uuid.UUID


class OpenChannel(AboutChannel, prefix="chan"):
    """Open the channel's card."""


class TestChannel(AboutChannel, prefix="chante"):
    """Send one test post; ``seen`` is the moment the channel last changed, in microseconds."""

    __test__ = False  # not one of pytest's
    seen: Annotated[int, Field(ge=0, le=10**17)]


class TakeTestBack(AboutChannel, prefix="chantx"):
    """Delete the test post with this number."""

    post: Annotated[int, Field(ge=0, le=10**19)]


class CheckChannel(AboutChannel, prefix="chanch"):
    """Ask the platform whether everything is in order."""


class EditChannelName(AboutChannel, prefix="channa"):
    """Take the next message as the name to show."""


class OpenChannelSettings(AboutChannel, prefix="chanse"):
    """Open the channel's settings."""


class SetChannelOption(AboutChannel, prefix="chanso"):
    """Set a choice (by its place in the platform's list) to a value (by its place in the choice)."""

    choice: Annotated[int, Field(ge=0, le=99)]
    value: Annotated[int, Field(ge=0, le=99)]


class AskDisconnect(AboutChannel, prefix="chandi"):
    """Ask whether to disconnect the channel."""


class Disconnect(AboutChannel, prefix="chandx"):
    """Disconnect the channel."""


class Reconnect(AboutChannel, prefix="chanre"):
    """Connect the channel again: another key, other rights."""


class Connect(Callback, prefix="conn"):
    """Begin to connect a channel; the product is asked for where there are several."""


class TurnProductsToConnect(Callback, prefix="connpp"):
    """Open a page of the products to choose from."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class ConnectFor(Callback, prefix="connp"):
    """Connect a channel of this product."""

    product: uuid.UUID


class ChoosePlatform(ConnectFor, prefix="connpl"):
    """Connect a channel on this platform (by its place among those that can be connected)."""

    platform: Annotated[int, Field(ge=0, le=99)]


class ChooseWay(ChoosePlatform, prefix="connw"):
    """Connect it in this way (by its place among the open ones)."""

    way: Annotated[int, Field(ge=0, le=99)]


class ConnectChat(ConnectFor, prefix="connch"):
    """Connect a chat that our bot was added to."""

    chat: ChatNumber


class AboutConsent(Callback, prefix="cons0"):
    """About one consent; the base of the buttons around the platform's page, never sent itself."""

    consent: uuid.UUID


class RenewConsent(AboutConsent, prefix="consnw"):
    """Make another link to the page."""


class DropConsent(AboutConsent, prefix="consdr"):
    """Leave it."""


class TurnAccounts(AboutConsent, prefix="constn"):
    """Open a page of the accounts that the login gives."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class PickAccount(AboutConsent, prefix="conspk"):
    """Connect this account (by its place among those the login gives)."""

    place: Annotated[int, Field(ge=0, le=999)]


class WizardStep(Callback, prefix="conn0"):
    """A button of the wizard; ``turn`` says which of its screens it stood on."""

    turn: Annotated[int, Field(ge=0, le=10**6)]


class StepBack(WizardStep, prefix="connbk"):
    """Ask the step before again."""


class UseKept(WizardStep, prefix="connuk"):
    """Answer the step with what the channel had before."""


class UseMade(WizardStep, prefix="connum"):
    """Answer the step with what was made for the owner."""


class LookAgain(WizardStep, prefix="connla"):
    """Ask the platform once more: the owner has put something right."""


class KeepTested(WizardStep, prefix="connkt"):
    """Send a test post and keep the channel when it arrives."""


class KeepUntested(WizardStep, prefix="connku"):
    """Keep the channel without a test post."""
