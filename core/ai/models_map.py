"""Which served model does a configured name mean? The data model's defaults, among others, are no longer served.

The provider redirects nothing: a retired name gets a 404. The names an installation uses are in its settings; here
is only what became of the retired ones.
"""

import re
from collections.abc import Iterable

import structlog

log = structlog.get_logger(__name__)

_SONNET = "claude-sonnet-5-5"
_HAIKU = "claude-haiku-5-5"
_OPUS = "claude-opus-5-5"

# What is offered in the settings: the everyday one, the cheapest, the strongest.
SERVED = (_SONNET, _HAIKU, _OPUS)

# Each also matches its dated forms (…-20241022, …-latest).
_RETIRED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"claude-(1\.3|2\.[01]|3-sonnet|3-5-sonnet|3-7-sonnet)(-.+)?"), _SONNET),
    (re.compile(r"claude-sonnet-4-(0|2025\d{4}|5)(-.+)?"), _SONNET),  # 4.5 goes on 2026-11-30
    (re.compile(r"claude-(instant|3-haiku|3-5-haiku)(-.+)?"), _HAIKU),
    (re.compile(r"claude-(3-opus|opus-4-0|opus-4-2025\d{4})(-.+)?"), _OPUS),
    (re.compile(r"claude-mythos-preview"), "claude-mythos-5-2"),
)
_WITHOUT_EFFORT = ("claude-haiku-4-5",)
_told: set[str] = set()


def resolve(name: str) -> str:
    """Return the served model for ``name``; a name that is not known to be retired stands for itself.

    Each replacement is logged once per process.
    """
    name = name.strip()
    for retired, served in _RETIRED:
        if retired.fullmatch(name):
            if name not in _told:
                _told.add(name)
                log.info("ai_model_replaced", configured=name, used=served)
            return served
    return name


def replaced(names: Iterable[str]) -> dict[str, str]:
    """Return those of ``names`` that are no longer served, each with the model that is asked instead."""
    asked = {name.strip(): resolve(name) for name in names}
    return {name: served for name, served in asked.items() if served != name}


def takes_effort(model: str) -> bool:
    """Whether ``model`` accepts `output_config.effort`. None of them takes sampling parameters any more."""
    return not model.startswith(_WITHOUT_EFFORT)
