"""How is a rule made and changed? Only as a whole that can be read; every change is a new version."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.automations.models import Automation, AutomationMark
from core.automations.shapes import rule as rules
from core.automations.shapes.problems import InvalidRule, Problem, ProblemCode
from core.automations.shapes.rule import Rule, parse_rule
from core.errors import NotFound, Stale
from core.ids import new_id
from core.products import service as products

NAME_LIMIT = 255  # characters


@dataclass(frozen=True, slots=True)
class Text:
    """A rule as JSON, with its name: what goes out as a file and comes in as one."""

    name: str
    trigger_type: str
    trigger_config: dict[str, Any]
    actions: list[Any]
    conditions: Any = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    description: str | None = None

    def read(self) -> Rule:
        """Read it. Raises ``InvalidRule``."""
        return parse_rule(
            trigger_type=self.trigger_type,
            trigger_config=self.trigger_config,
            conditions_=self.conditions,
            actions=self.actions,
            options=self.options,
        )


_KEYS = ("name", "description", "trigger_type", "trigger_config", "conditions", "actions", "options")


def text_of(automation: Automation) -> Text:
    """Return an automation as its JSON; it need not be readable."""
    return Text(**{key: getattr(automation, key) for key in _KEYS})


def from_json(document: Any) -> Text:
    """Read a document. Raises ``InvalidRule`` with everything that is wrong with it."""
    if not isinstance(document, dict):
        raise InvalidRule([Problem((), ProblemCode.NOT_OBJECT)])
    problems = [
        Problem((str(key),), ProblemCode.UNKNOWN_KEY, {"allowed": list(_KEYS)})
        for key in document
        if key not in _KEYS and key != "version"
    ]
    name = document.get("name")
    if not isinstance(name, str) or not name.strip():
        problems.append(Problem(("name",), ProblemCode.MISSING if name is None else ProblemCode.NOT_TEXT))
    elif len(name.strip()) > NAME_LIMIT:
        problems.append(Problem(("name",), ProblemCode.TOO_LONG, {"limit": NAME_LIMIT}))
    if not isinstance(document.get("description"), str | None):
        problems.append(Problem(("description",), ProblemCode.NOT_TEXT))
    text = Text(
        name=name.strip() if isinstance(name, str) else "",
        description=document.get("description"),
        trigger_type=str(document.get("trigger_type")),
        trigger_config=document.get("trigger_config"),  # type: ignore[arg-type]  # looked at by ``read``
        conditions=document.get("conditions") or [],
        actions=document.get("actions"),  # type: ignore[arg-type]
        options=document.get("options") or {},
    )
    try:
        text.read()
    except InvalidRule as error:
        problems += error.problems
    if problems:
        raise InvalidRule(problems)
    return text


def to_json(text: Text) -> dict[str, Any]:
    """Return the document of a rule."""
    said = {key: getattr(text, key) for key in _KEYS}
    return {"version": 1} | {key: value for key, value in said.items() if value not in (None, {}, [])}


async def create(
    session: AsyncSession,
    product_id: uuid.UUID,
    text: Text,
    *,
    enabled: bool = False,
    automation_id: uuid.UUID | None = None,
) -> Automation:
    """Add a rule to a product. Raises ``InvalidRule``, ``NotFound``.

    Where there is one with ``automation_id`` already, this is a repetition, and that one is returned as it is.
    """
    if automation_id is not None and (added := await session.get(Automation, automation_id)) is not None:
        return added
    await products.get(session, product_id)
    made = Automation(id=automation_id or new_id(), product_id=product_id, enabled=enabled, **_values(text))
    session.add(made)
    await session.flush()
    return made


async def change(session: AsyncSession, automation_id: uuid.UUID, text: Text, *, version: int) -> Automation:
    """Replace a rule by another; runs that are under way go on as they began.

    Raises ``InvalidRule``, ``NotFound``, and ``Stale`` when it is not at ``version`` any more.
    """
    automation = await locked(session, automation_id, version)
    values = _values(text)
    if (
        values["trigger_config"] != automation.trigger_config
        or values["trigger_type"] != automation.trigger_type
    ):
        automation.next_run_at = None  # the scheduler works it out anew
    if values["conditions"] != automation.conditions:
        await session.execute(delete(AutomationMark).where(AutomationMark.automation_id == automation_id))
    for name, value in values.items():
        setattr(automation, name, value)
    automation.version += 1
    automation.streak = 0
    await session.flush()
    return automation


async def locked(session: AsyncSession, automation_id: uuid.UUID, version: int) -> Automation:
    """Return the rule for a change. Raises ``NotFound``, and ``Stale`` when it is not at ``version`` any more."""
    automation = await session.scalar(
        select(Automation)
        .where(Automation.id == automation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if automation is None:
        raise NotFound("there is no such automation", automation_id=automation_id)
    if automation.version != version:
        raise Stale("this automation has changed since", automation_id=automation_id)
    return automation


def _values(text: Text) -> dict[str, Any]:
    dumped = rules.dump(text.read())
    return {
        "name": text.name.strip()[:NAME_LIMIT],
        "description": text.description,
        "trigger_type": text.trigger_type,
    } | dumped
