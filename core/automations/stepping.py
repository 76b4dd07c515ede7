"""Which step of a run comes next, and when? Pure functions over the rule's steps and what is done of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.automations.models import StepStatus
from core.automations.shapes.rule import ELSE, THEN, Step
from core.automations.shapes.values import span_of

_OVER = frozenset({StepStatus.DONE, StepStatus.SKIPPED})


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of a step that has been reached."""

    path: str
    kind: str
    status: StepStatus
    result: Mapping[str, Any] = field(default_factory=dict)
    finished_at: datetime | None = None


def following(steps: Sequence[Step], traces: Mapping[str, Trace]) -> Step | None:
    """Return the first step that is not done, in the branches that were taken; None when all are."""
    for step in steps:
        trace = traces.get(step.path)
        if trace is None or trace.status not in _OVER:
            return step
        way = trace.result.get("way")
        inner = step.then if way == THEN else step.otherwise if way == ELSE else ()
        found = following(inner, traces)
        if found is not None:
            return found
    return None


def due(step: Step, *, started: datetime, before: datetime, share: float) -> datetime:
    """Return when the step is due. ``before`` is when the one before it was done, ``share`` a number from 0 to 1."""
    action = step.action
    if action.after is not None:
        return max(started + span_of(action.after).least, before)
    return before + span_of(action.delay).at(share) if action.delay is not None else before


def last_content(traces: Sequence[Trace]) -> str | None:
    """Return the id of the draft the run made last."""
    made = [trace.result["content_id"] for trace in traces if trace.result.get("content_id")]
    return str(made[-1]) if made else None
