"""Who writes? The provider and the models that the owner chose, and what is still missing before they can."""

import hashlib
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import anthropic, models_map, openai
from core.ai.provider import Provider
from core.config import Settings
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.settings import service
from core.settings.service import Ai


class Missing(StrEnum):
    """What keeps the chosen provider from writing; also the code of the notice about it."""

    KEY = "no_key"  # ANTHROPIC_API_KEY
    OPENAI_KEY = "no_openai_key"  # OPENAI_API_KEY, where no other server is named either
    MODEL = "no_model"  # the setting `ai.openai_model`


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is asked. ``models`` are names to send, the default one first; there are none when one is missing."""

    provider: Literal["anthropic", "openai"]
    models: tuple[str, ...]
    missing: Missing | None = None


def choose(settings: Settings, ai: Ai) -> Choice:
    """Return the choice that the environment and the owner's settings make together."""
    if ai.provider == "openai":
        # A name of the other provider is never sent: which models a compatible server has, only its owner knows.
        model, fallback = ai.openai_model.strip(), ai.openai_fallback_model.strip()
        models = tuple(dict.fromkeys(name for name in (model, fallback) if name)) if model else ()
        # A server of one's own needs no key; OpenAI's does.
        without_key = settings.openai_api_key is None and settings.openai_base_url is None
        missing = Missing.OPENAI_KEY if without_key else None if models else Missing.MODEL
        return Choice("openai", models, missing)
    models = tuple(dict.fromkeys(models_map.resolve(name) for name in (ai.default_model, ai.fallback_model)))
    return Choice("anthropic", models, Missing.KEY if settings.anthropic_api_key is None else None)


async def current(session: AsyncSession, settings: Settings) -> Choice:
    """Return the choice as the database has it now."""
    return choose(settings, await service.get(session, Ai))


async def told(session: AsyncSession, settings: Settings, ai: Ai, now: datetime) -> Choice:
    """Return the choice, and have the owner told once when it asks other models than the owner chose."""
    choice = choose(settings, ai)
    gone = models_map.replaced(_chosen(ai)) if choice.provider == "anthropic" else {}
    if gone and choice.missing is None:
        pairs = [f"{old} → {new}" for old, new in sorted(gone.items())]
        known = hashlib.sha256("\n".join(pairs).encode()).hexdigest()[:32]
        await notifications.notify(
            session,
            NotificationKind.MODEL_REPLACED,
            payload={"models": pairs},
            dedupe_key=f"model-replaced/{known}",
            not_before=now,
        )
    return choice


def _chosen(ai: Ai) -> list[str]:
    """The models somebody set. The data model's own defaults are long retired, and no news to who never saw them."""
    as_shipped = Ai()
    pairs = ((ai.default_model, as_shipped.default_model), (ai.fallback_model, as_shipped.fallback_model))
    return [name for name, default in pairs if name.strip() != default]


def opened(settings: Settings, choice: Choice) -> AbstractAsyncContextManager[Provider]:
    """Open the chosen provider, and close it. Raises ``BadKey`` when its key cannot be one."""
    return openai.opened(settings) if choice.provider == "openai" else anthropic.opened(settings)
