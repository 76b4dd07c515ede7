"""Buttons of the products screen."""

import uuid

from bot.ui.callbacks import Callback


class OpenProducts(Callback, prefix="prods"):
    """Open the list of products."""


class ChooseProduct(Callback, prefix="prod"):
    """Make this product the current one."""

    product: uuid.UUID


class AddProduct(Callback, prefix="prodn"):
    """Ask for a new product's name."""
