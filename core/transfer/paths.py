"""How is a place inside a document named? Like `products[0].channels[1].credentials.chat_id`."""

from collections.abc import Sequence


def at_key(path: str, key: object) -> str:
    """Return the path of field ``key`` inside ``path``."""
    return f"{path}.{key}" if path else str(key)


def at_index(path: str, index: int) -> str:
    """Return the path of item ``index`` inside ``path``."""
    return f"{path}[{index}]"


def path_of(steps: Sequence[int | str], start: str = "") -> str:
    """Return the path of pydantic's location ``steps`` below ``start``."""
    path = start
    for step in steps:
        path = at_index(path, step) if isinstance(step, int) else at_key(path, step)
    return path
