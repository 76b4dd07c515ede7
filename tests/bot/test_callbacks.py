"""Every button fits into Telegram's 64 bytes whatever it carries, and no two mean the same prefix."""

import typing
import uuid
from enum import Enum
from typing import Any

import annotated_types
import pytest

import bot.app  # noqa: F401 - declares every button
from bot.ui.callbacks import MAX_PREFIX, REGISTRY, Callback

_WORST: dict[type, Any] = {uuid.UUID: uuid.UUID(int=2**128 - 1), bool: True}


def worst_case(button: type[Callback]) -> Callback:
    """Return the button with the longest values its fields allow."""
    values: dict[str, Any] = {}
    for name, field in button.model_fields.items():
        kind = field.annotation
        given = [member for member in typing.get_args(kind) if member is not type(None)]
        if given and all(isinstance(one, str) for one in given):  # a Literal
            values[name] = max(given, key=len)
            continue
        kind = given[0] if given else kind  # one that may be missing is longest when it is there
        if isinstance(kind, type) and issubclass(kind, Enum):
            values[name] = max(kind, key=lambda member: len(str(member.value)))
        elif kind in _WORST:
            values[name] = _WORST[kind]
        elif kind is str:
            lengths = [item.max_length for item in field.metadata if isinstance(item, annotated_types.MaxLen)]
            assert lengths, f"{button.__name__}.{name} needs an upper limit (Field(max_length=…))"
            values[name] = "x" * lengths[0]
        else:
            limits = [item.le for item in field.metadata if isinstance(item, annotated_types.Le)]
            assert kind is int, f"{button.__name__}.{name}: no worst case for {kind}"
            assert limits, f"{button.__name__}.{name} needs an upper limit (Field(le=…))"
            values[name] = int(typing.cast(int, limits[0]))
    return button(**values)


@pytest.mark.parametrize("prefix", sorted(REGISTRY))
def test_the_worst_case_fits_and_comes_back(prefix: str) -> None:
    button = worst_case(REGISTRY[prefix])
    packed = button.pack()
    assert len(packed.encode()) <= 64
    assert type(button).unpack(packed) == button
    assert len(prefix) <= MAX_PREFIX


def test_a_taken_or_long_prefix_fails_at_once() -> None:
    taken = next(iter(REGISTRY))
    with pytest.raises(ValueError, match="belongs to"):
        type("Another", (Callback,), {"__module__": "tests"}, prefix=taken)
    with pytest.raises(ValueError, match="more than 6"):
        type("Another", (Callback,), {"__module__": "tests"}, prefix="toolong")
