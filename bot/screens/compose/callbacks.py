"""Buttons of the commands that make drafts."""

import uuid

from bot.ui.callbacks import Callback


class NewPost(Callback, prefix="newp"):
    """Ask for an idea, a text or a file."""


class NewPostOf(Callback, prefix="newpo"):
    """Make the product the current one, and ask for an idea, a text or a file."""

    product: uuid.UUID


class ForProduct(Callback, prefix="forpr"):
    """The text that waits is for this product."""

    product: uuid.UUID
