"""What does a row of settings say when part of it cannot be read? The rest of it, and which part that is.

A row may be edited by hand. Nothing that reads it may stop for that: each field that holds nonsense takes its
default, or what its group calls careful, and is reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from core.errors import InvalidInput

_Model = TypeVar("_Model", bound=BaseModel)
_SHOWN = 60  # characters of a value that cannot be read


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that cannot be read, by its path ("notifications.quiet_from"; empty for the whole row)."""

    path: tuple[str, ...]
    value: str  # as JSON-like text, shortened

    @property
    def name(self) -> str:
        """The path as it is written."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Read(Generic[_Model]):
    """A group of settings and what could not be read of it."""

    value: _Model
    faults: tuple[Fault, ...] = ()


def read(model: type[_Model], stored: object) -> Read[_Model]:
    """Return ``stored`` as ``model``, whatever it is."""
    whole = _validated(model, stored)
    if whole is not None:
        return Read(whole)
    if not isinstance(stored, Mapping):
        return Read(model.model_validate(_careful(model)), (_fault((), stored),))
    kept: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in stored.items():
        kept[name] = value
        if _validated(model, {name: value}) is not None:
            continue
        field = model.model_fields.get(name)
        inner = field.annotation if field is not None else None
        if isinstance(value, Mapping) and isinstance(inner, type) and issubclass(inner, BaseModel):
            within = read(inner, value)
            faults += [Fault((name, *fault.path), fault.value) for fault in within.faults]
            kept[name] = without(value, within.faults)
            continue
        faults.append(_fault((name,), value))
        del kept[name]
        if name in _careful(model):
            kept[name] = _careful(model)[name]
    together = _validated(model, kept)
    if together is None:  # each field can be read, but not beside the others
        return Read(model.model_validate(_careful(model)), (_fault((), stored),))
    return Read(together, tuple(faults))


def without(stored: object, faults: Sequence[Fault]) -> dict[str, Any]:
    """Return what is stored without the fields that ``faults`` name."""
    if not isinstance(stored, Mapping) or any(not fault.path for fault in faults):
        return {}
    kept = dict(stored)
    for fault in faults:
        head, *rest = fault.path
        if rest:
            kept[head] = without(kept[head], [Fault(tuple(rest), fault.value)])
        else:
            kept.pop(head, None)
    return kept


def _validated(model: type[_Model], value: object) -> _Model | None:
    try:
        return model.model_validate(value)
    except (ValidationError, InvalidInput):
        return None


def _careful(model: type[BaseModel]) -> dict[str, Any]:
    return dict(getattr(model, "careful", {}))


def _fault(path: tuple[str, ...], value: object) -> Fault:
    text = repr(value)
    return Fault(path, text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
