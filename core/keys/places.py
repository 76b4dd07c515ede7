"""Where do sealed values stand? Every column that holds one, with what the value is bound to."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of sealed value. ``found`` and ``put`` are SQL: the value in a row, and the row with ``:new`` in it."""

    table: str
    column: str
    found: str
    put: str
    context: Callable[[str], tuple[str, str, str]]
    key: str = "id"


def _of(table: str, column: str) -> Callable[[str], tuple[str, str, str]]:
    return lambda key: (table, key, column)


def _json(table: str, column: str) -> Place:
    put = f"jsonb_set({column}, '{{sealed}}', to_jsonb(CAST(:new AS text)))"
    return Place(table, column, f"{column} ->> 'sealed'", put, _of(table, column))


def _text(table: str, column: str) -> Place:
    return Place(table, column, column, ":new", _of(table, column))


PLACES: tuple[Place, ...] = (
    _json("channels", "credentials"),
    _json("channel_applications", "credentials"),
    _json("channel_consents", "secret"),
    _text("products", "webhook_secret"),
    _text("products", "previous_webhook_secret"),
    # What the owner has typed of a channel that is being connected; the row's key is "bot:chat:user:…".
    Place(
        "chat_states",
        "data",
        "data -> 'given' ->> 'sealed'",
        "jsonb_set(data, '{given,sealed}', to_jsonb(CAST(:new AS text)))",
        lambda key: ("chat_states", key.split(":")[1], "connect"),
        key="key",
    ),
)
