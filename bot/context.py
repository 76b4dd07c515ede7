"""What does a handler need besides the update itself? One bundle, made for each update."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from aiogram import Bot

from bot.i18n import Translator
from bot.writings import Writings
from core.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Context:
    """Who is spoken with, in which words and zone, about which product."""

    runtime: Runtime
    bot: Bot
    t: Translator
    zone: tzinfo
    chat_id: int
    product_id: uuid.UUID | None  # the current product; None until there is one
    language_chosen: bool  # False on the very first contact
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list)  # see RunAfterwards
    writings: Writings = field(default_factory=Writings)

    @property
    def now(self) -> datetime:
        """The current moment (UTC)."""
        return self.runtime.clock.now()

    def speaking(self, t: Translator) -> "Context":
        """Return the same conversation in another language."""
        return replace(self, t=t)

    def about(self, product_id: uuid.UUID) -> "Context":
        """Return the same conversation about another product."""
        return replace(self, product_id=product_id)
