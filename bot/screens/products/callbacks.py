"""Buttons of the products screen."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET
from core.products.milestones import HIGHEST, What


class OpenProducts(Callback, prefix="prods"):
    """Open the list of products."""


class TurnProducts(Callback, prefix="prodsp"):
    """Open a page of the active or of the archived products."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
    archived: bool = False


class AddProduct(Callback, prefix="prodn"):
    """Ask for a new product's name."""


class AboutProduct(Callback, prefix="prod0"):
    """About one product; the base of the card's buttons, never sent itself."""

    product: uuid.UUID


class OpenProduct(AboutProduct, prefix="prodc"):
    """Open the product's card."""


class ChooseProduct(AboutProduct, prefix="prod"):
    """Make this product the current one."""


class EditName(AboutProduct, prefix="prodna"):
    """Take the next message as the name."""


class EditDescription(AboutProduct, prefix="prodde"):
    """Take the next message as the description."""


class ClearDescription(AboutProduct, prefix="proddx"):
    """Take the description away."""


class PauseProduct(AboutProduct, prefix="prodpa"):
    """Hold the product's queue."""


class ResumeProduct(AboutProduct, prefix="prodre"):
    """Let the product publish again."""


class AskArchive(AboutProduct, prefix="prodar"):
    """Ask whether to put the product away."""


class ArchiveProduct(AboutProduct, prefix="prodax"):
    """Put the product away."""


class RestoreProduct(AboutProduct, prefix="prodrs"):
    """Bring the product back."""


class OpenMilestones(AboutProduct, prefix="prodms"):
    """Open the numbers that the product celebrates."""


class AddMilestones(AboutProduct, prefix="prodma"):
    """Take the next message as more of them."""

    what: What


class RemoveMilestone(AboutProduct, prefix="prodmx"):
    """Take one away."""

    what: What
    number: Annotated[int, Field(ge=1, le=HIGHEST)]


class ClearMilestones(AboutProduct, prefix="prodmc"):
    """Go back to the round numbers alone."""
