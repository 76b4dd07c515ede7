"""What may a button carry? A typed class with a short unique prefix; 64 bytes is all Telegram gives."""

from typing import Any

from aiogram.filters.callback_data import CallbackData

MAX_PREFIX = 6  # characters; a content id takes 32 of the 64 bytes, the rest is for arguments


class Callback(CallbackData, prefix="-"):
    """Base of every button's data. Declaring a prefix that is taken or too long fails at import."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        prefix = cls.__prefix__
        if not 1 <= len(prefix) <= MAX_PREFIX:
            raise ValueError(f"{cls.__name__}: the prefix {prefix!r} has more than {MAX_PREFIX} characters")
        taken = REGISTRY.setdefault(prefix, cls)
        if taken.__qualname__ != cls.__qualname__ or taken.__module__ != cls.__module__:
            raise ValueError(f"{cls.__name__}: the prefix {prefix!r} belongs to {taken.__name__}")


REGISTRY: dict[str, type[Callback]] = {}
