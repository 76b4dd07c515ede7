"""Buttons of the automations screens."""

import json
import uuid
import zlib
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET
from core.automations.drafting import Listed, Part

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]


class OpenAutomations(Callback, prefix="autos"):
    """Open the list: of one product, or of all."""

    product: uuid.UUID | None = None
    offset: Offset = 0


class AboutAutomation(Callback, prefix="auto0"):
    """About one automation; the base of its buttons, never sent itself."""

    automation: uuid.UUID


class OpenAutomation(AboutAutomation, prefix="auto"):
    """Open one."""


class SwitchAutomation(AboutAutomation, prefix="autosw"):
    """Switch it on or off."""

    on: bool


class OpenRuns(AboutAutomation, prefix="autolg"):
    """Open a page of its log."""

    offset: Offset = 0


class AskDeleteAutomation(AboutAutomation, prefix="autodl"):
    """Ask whether to delete it."""


class DeleteAutomation(AboutAutomation, prefix="autodx"):
    """Delete it, if it is as it was when that was ``asked`` (Unix seconds)."""

    asked: Annotated[int, Field(ge=0, le=9_999_999_999)]


Version = Annotated[int, Field(ge=1, le=99_999)]
Place = Annotated[int, Field(ge=0, le=9_999)]  # of a piece in another: both numbers, see ``drafting.WITHIN``
Number = Annotated[int, Field(ge=0, le=99)]
Key = Annotated[str, Field(max_length=32, pattern=r"^[a-z0-9_]+$")]


class OfRule(AboutAutomation, prefix="autov0"):
    """About one automation as it was at ``version``; the base of what changes it, never sent itself."""

    version: Version


class OpenReadyMade(Callback, prefix="autord"):
    """Open a page of the rules to start from."""

    offset: Offset = 0


class LookReadyMade(Callback, prefix="autorm"):
    """Look at one of them."""

    key: Key


class AddReadyMade(Callback, prefix="autora"):
    """Add it to the current product, switched off."""

    key: Key


class NewRule(Callback, prefix="autonw"):
    """Begin one from nothing."""


class NewFromJson(Callback, prefix="autonj"):
    """Ask for the JSON of a new one."""


class ExportRule(AboutAutomation, prefix="autoex"):
    """Send its JSON as a file."""


class ChangeByJson(OfRule, prefix="autocj"):
    """Ask for the JSON that replaces it."""


class RenameRule(OfRule, prefix="autorn"):
    """Ask for another name."""


class SetMode(OfRule, prefix="automd"):
    """Choose how freely it acts."""

    mode: Literal["ask", "ask_timeout", "auto"]


class OpenRun(Callback, prefix="autwhy"):
    """Say why a run did what it did."""

    run: uuid.UUID


class TryRule(AboutAutomation, prefix="autry"):
    """Rehearse it on the last event it waits for, or on a sample."""


class ChooseTried(AboutAutomation, prefix="autryc"):
    """Open a page of the events it can be rehearsed on."""

    offset: Offset = 0


class TryOn(AboutAutomation, prefix="autryo"):
    """Rehearse it on one stored event, carried as a number made from its id; 0: on a sample."""

    event: Annotated[int, Field(ge=0, le=2**32 - 1)]


class BacktestRule(AboutAutomation, prefix="autobt"):
    """Rehearse it on what came in during the last days."""

    days: Annotated[int, Field(ge=1, le=90)]


class OpenParts(AboutAutomation, prefix="autoed"):
    """Open what can be edited."""


class OpenPart(AboutAutomation, prefix="autopt"):
    """Open one part's form: a letter of ``drafting.Part``, with its number."""

    part: Part
    place: Place = 0


class AddPart(OfRule, prefix="autoad"):
    """Add an action of a kind (by its number), or a condition (1: a group); ``outer`` is what it goes into."""

    part: Literal["t", "c", "a", "g", "b", "h", "e"]
    kind: Number = 0
    outer: Number = 0


class ChooseKind(AboutAutomation, prefix="autokd"):
    """Choose the kind of a new action, or of the trigger."""

    part: Literal["t", "a", "h", "e"]
    outer: Number = 0


class RemovePart(OfRule, prefix="autorx"):
    """Take a condition or an action out."""

    part: Listed
    place: Place


class CountGroup(OfRule, prefix="autogk"):
    """Say how the conditions of a group count."""

    place: Number
    kind: Literal["all", "any", "not"]


class DescribeRule(OfRule, prefix="autods"):
    """Ask what the rule is for, in a line."""


class ClearDescription(OfRule, prefix="autodc"):
    """Take the description away."""


class EditField(OfRule, prefix="autofe"):
    """Ask for a field's value."""

    part: Part
    place: Place
    field: Number


class ChooseValue(OfRule, prefix="autofv"):
    """Give a field one of the offered values, carried as a number made from it (0 empties the field)."""

    part: Part
    place: Place
    field: Number
    value: Annotated[int, Field(ge=0, le=2**24 - 1)]


def event_number(event_id: uuid.UUID) -> int:
    """Return the number a button carries for an event: two ids do not fit on one."""
    return zlib.crc32(event_id.bytes) or 1


def number_of(value: Any) -> int:
    """Return the number a button carries for a value: what is offered may change, a number of its own does not."""
    return zlib.crc32(json.dumps(value, ensure_ascii=False).encode()) % 2**24 or 1
