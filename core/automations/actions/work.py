"""What does an action get, and what does it answer? The work of one step, and how it ended."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.shapes.options import Options
from core.automations.shapes.rule import Step
from core.automations.stepping import Trace
from core.errors import Actor, NexusError
from core.runtime import Runtime


class ActionFailed(NexusError):
    """An action cannot be done; ``code`` of the instance says why, for the log and for the owner."""

    actor = Actor.OWNER
    code = "action-failed"

    def __init__(self, reason: str, message: str = "", /, **params: object) -> None:
        super().__init__(message or reason, reason=reason, **params)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Work:
    """One step of one run, as it was when a worker took it."""

    run_id: uuid.UUID
    automation_id: uuid.UUID
    product_id: uuid.UUID
    step: Step
    known: Mapping[str, Any]  # what has happened
    options: Options
    traces: Sequence[Trace]  # the steps before it, in order
    hops: int
    attempts: int
    now: datetime

    @property
    def key(self) -> uuid.UUID:
        """The step's own id, the same for every try: whatever it makes is made under it."""
        return uuid.uuid5(self.run_id, self.step.path)


@dataclass(frozen=True, slots=True)
class Done:
    """The step is done. ``result`` is JSON for the log; ``skipped`` when there was nothing to do."""

    result: dict[str, Any] = field(default_factory=dict)
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """The step waits, for the owner or for its time; it is looked at again at ``at``."""

    at: datetime
    result: dict[str, Any] = field(default_factory=dict)


Outcome = Done | Later
Prepare = Callable[[Runtime, Work], Awaitable[Any]]
Apply = Callable[[AsyncSession, Runtime, Work, Any], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Doing:
    """How a kind of action is done.

    ``prepare`` may call out and take its time; it may be repeated after a crash, so what it does must be harmless
    twice. ``apply`` writes, in the transaction that records the step: it happens exactly once.
    """

    apply: Apply
    prepare: Prepare | None = None
