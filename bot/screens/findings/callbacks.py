"""Buttons about findings. They carry the version, and a mark of exactly what was shown."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback

Mark = Annotated[int, Field(ge=0, le=2**32 - 1)]
Version = Annotated[int, Field(ge=1, le=99_999)]


class AboutFindings(Callback, prefix="fndg0"):
    """About a draft's findings; the base of the buttons, never sent itself."""

    content: uuid.UUID
    version: Version


class OpenFindings(AboutFindings, prefix="fndg"):
    """Show the findings one by one."""

    offset: Annotated[int, Field(ge=0, le=9_999)] = 0


class AcceptAll(AboutFindings, prefix="fndok"):
    """Call everything that was shown right."""

    mark: Mark


class AcceptOne(AboutFindings, prefix="fnd1"):
    """Call one finding right."""

    mark: Mark
