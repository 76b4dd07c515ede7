"""Buttons with which the owner decides about posts that did not simply go out."""

import uuid

from bot.ui.callbacks import Callback


class _OnPublication(Callback, prefix="res0"):
    publication: uuid.UUID


class Retry(_OnPublication, prefix="retry"):
    """Try a failed post again."""


class ItIsLive(_OnPublication, prefix="live"):
    """The owner saw the doubtful post."""


class SendAgain(_OnPublication, prefix="again"):
    """The owner saw that it is not there."""


class LookAgain(_OnPublication, prefix="look"):
    """Have the account looked at."""


class AcceptOne(_OnPublication, prefix="late1"):
    """Publish one late post all the same."""


class SkipOne(_OnPublication, prefix="skip1"):
    """Let one late post go."""


OnPublication = Retry | ItIsLive | SendAgain | LookAgain | AcceptOne | SkipOne


class AcceptAll(Callback, prefix="lateok"):
    """Publish every late post of a digest."""

    notification: uuid.UUID


class SkipAll(Callback, prefix="lateno"):
    """Let every late post of a digest go."""

    notification: uuid.UUID


class ChooseLate(Callback, prefix="latech"):
    """Decide one by one."""

    notification: uuid.UUID
