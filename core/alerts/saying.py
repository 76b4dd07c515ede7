"""How is a piece of news said outside Telegram? A title and a few lines, in the owner's language, without buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from core.alerts import facts
from core.notifications.models import Notification
from core.settings.service import General
from core.text.plain import one_line

_WORDING = Path(__file__).with_name("wording.yaml")
_TITLE = 200  # characters


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of news in words."""

    title: str
    text: str
    facts: Mapping[str, str]


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


async def say(session: AsyncSession, notification: Notification, general: General) -> Said:
    """Return the news in words. Raises ``NotFound`` when what it was about is gone."""
    words = wording(general.language)
    known = await facts.gather(session, notification, words["parts"], general.zone)
    title, text = words["kinds"].get(notification.kind, words["other"])
    filled = _Known(known)
    # The values are filled in once: braces that a post brings along stay braces.
    return Said(one_line(title.format_map(filled))[:_TITLE], text.format_map(filled).strip(), known)


def wording(language: str) -> dict[str, Any]:
    """Return the words of one language."""
    loaded = _loaded()
    words: dict[str, Any] = loaded.get(language) or loaded["en"]
    return words


@cache
def _loaded() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_WORDING.read_text(encoding="utf-8"))
    return loaded
