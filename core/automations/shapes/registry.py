"""Which kinds of triggers and actions are there? One line each, with the model that checks it and makes its form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from core.automations.shapes import actions, triggers
from core.automations.shapes.actions import Action
from core.automations.shapes.conditions import Condition
from core.automations.shapes.forms import FormField, form_of
from core.automations.shapes.options import Options
from core.automations.shapes.triggers import Trigger

_Action = TypeVar("_Action", bound=Action)

TRIGGERS: Mapping[str, type[Trigger]] = MappingProxyType(
    {
        "event": triggers.EventTrigger,
        "schedule": triggers.ScheduleTrigger,
        "metric": triggers.MetricTrigger,
    }
)

ACTIONS: Mapping[str, type[Action]] = MappingProxyType(
    {
        "generate": actions.Generate,
        "publish": actions.Publish,
        "notify": actions.Notify,
        "cross_promote": actions.CrossPromote,
        "repost": actions.Repost,
        "wait": actions.Wait,
        "branch": actions.Branch,
        "save_as_template": actions.SaveAsTemplate,
        "call_webhook": actions.CallWebhook,
        "pause": actions.Pause,
    }
)

# Names that older documents use.
ALSO_CALLED: Mapping[str, str] = MappingProxyType(
    {"save_template": "save_as_template", "webhook": "call_webhook", "crosspromote": "cross_promote"}
)


def kind_of(action: Action) -> str:
    """Return the action's name in the JSON."""
    return next(name for name, model in ACTIONS.items() if type(action) is model)


def trigger_form(kind: str) -> tuple[FormField, ...]:
    """Return what a trigger of ``kind`` asks for."""
    return form_of(TRIGGERS[kind])


def action_form(kind: str) -> tuple[FormField, ...]:
    """Return what an action of ``kind`` asks for."""
    return form_of(ACTIONS[kind])


def condition_form() -> tuple[FormField, ...]:
    """Return what a condition asks for."""
    return form_of(Condition)


def options_form() -> tuple[FormField, ...]:
    """Return what mode and limits ask for."""
    return form_of(Options)


def shape_of(action: Action, model: type[_Action]) -> _Action:
    """Return ``action`` as the ``model`` it is; another one is a mistake of whoever called."""
    if not isinstance(action, model):
        raise TypeError(f"{kind_of(action)} is not a {model.__name__}")
    return action
