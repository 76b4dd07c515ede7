"""What does the wizard remember between two answers? All of it in the chat's state, what was given sealed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from bot.context import Context
from bot.screens.channels.states import ConnectForm
from bot.screens.channels.words import Right
from core.channels import connecting
from core.errors import Stale
from core.platforms.base import Platform
from core.platforms.connecting import Step, Way


@dataclass(frozen=True, slots=True)
class Pending:
    """A channel on its way. ``turn`` counts the wizard's screens: a button of an earlier one does nothing."""

    product: uuid.UUID
    platform: str
    way: str
    given: Mapping[str, str] = field(default_factory=dict)
    step: int = 0
    turn: int = 0
    name: str = ""  # of the account that was found
    rights: tuple[Right, ...] = ()
    said: str = ""  # whose the last secret was
    other: bool = False  # the account that was found is not the one the product's channel has had

    def next(self, **changes: Any) -> "Pending":
        """Return the wizard's next screen."""
        return replace(self, turn=self.turn + 1, **changes)

    def resolve(self, ctx: Context) -> tuple[Platform, Way]:
        """Return the platform and the way. Raises ``Unsupported``."""
        return connecting.way_of(ctx.runtime, self.platform, self.way)

    def asks(self, ctx: Context) -> Step | None:
        """Return the step that waits for an answer; None when all were answered."""
        _, way = self.resolve(ctx)
        return way.steps[self.step] if self.step < len(way.steps) else None


def _context(ctx: Context) -> tuple[str, str, str]:
    return "chat_states", str(ctx.chat_id), "connect"


async def save(ctx: Context, state: FSMContext, pending: Pending, where: State) -> None:
    """Remember ``pending``, standing at ``where``."""
    await state.set_data(
        {
            "product": pending.product.hex,
            "platform": pending.platform,
            "way": pending.way,
            "given": ctx.runtime.keyring.seal_json(pending.given, *_context(ctx)),
            "step": pending.step,
            "turn": pending.turn,
            "name": pending.name,
            "rights": [right.dump() for right in pending.rights],
            "said": pending.said,
            "other": pending.other,
        }
    )
    await state.set_state(where)


async def load(ctx: Context, state: FSMContext, turn: int | None = None) -> Pending:
    """Return what is pending. Raises ``Stale`` when nothing is, or when ``turn`` is not the current screen's."""
    data = await state.get_data()
    where = await state.get_state()
    if where not in {one.state for one in ConnectForm.__states__} or "given" not in data:
        raise Stale("no channel is being connected")
    if turn is not None and turn != data["turn"]:
        raise Stale("the wizard has gone on")
    return Pending(
        product=uuid.UUID(data["product"]),
        platform=data["platform"],
        way=data["way"],
        given=ctx.runtime.keyring.open_json(data["given"], *_context(ctx)),
        step=data["step"],
        turn=data["turn"],
        name=data["name"],
        rights=tuple(Right(**right) for right in data["rights"]),
        said=data["said"],
        other=data.get("other", False),
    )


async def goes_on(ctx: Context, state: FSMContext, pending: Pending) -> bool:
    """Tell whether the owner still waits for ``pending``: while the platform was asked, they may have left."""
    try:
        await load(ctx, state, pending.turn)
    except Stale:
        return False
    return True
