"""How far has the owner come with setting NEXUS up? Kept as a row, so that a restart goes on where it stood."""

import uuid
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.settings import service
from core.settings.models import Setting
from core.settings.service import SettingsGroup


class Step(StrEnum):
    """The steps in their order."""

    LANGUAGE = "language"
    ZONE = "zone"
    PRODUCT = "product"
    DESCRIPTION = "description"
    CHANNEL = "channel"
    DONE = "done"


class FirstRun(SettingsGroup):
    """Where the first run stands, and which product was made in it. Not one of the groups that are exported."""

    key: ClassVar[str] = "first_run"
    step: Step = Step.LANGUAGE
    product: uuid.UUID | None = None


async def stands_at(session: AsyncSession, *, empty: bool) -> FirstRun | None:
    """Return where the first run stands; None when it is over, or when NEXUS was in use before it began.

    ``empty``: there is no product yet.
    """
    begun = await session.scalar(select(Setting.key).where(Setting.key == FirstRun.key))
    if begun is None and not empty:
        return None
    stored = await service.get(session, FirstRun)
    return None if stored.step is Step.DONE else stored


async def go_to(session: AsyncSession, step: Step, *, product: uuid.UUID | None = None) -> None:
    """Stand at ``step`` from now on."""
    fields: dict[str, object] = {"step": step.value}
    if product is not None:
        fields["product"] = str(product)
    await service.change(session, FirstRun, **fields)
