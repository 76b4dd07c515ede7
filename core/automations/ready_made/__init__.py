"""Which rules does NEXUS bring along to start from? One YAML file per language, and a sample of what sets each off."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.automations.saving import Text, from_json

LANGUAGES = ("ru", "en")
_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """One rule to start from. ``sample`` is what would be known when it happens."""

    key: str
    text: Text
    sample: dict[str, Any]


@cache
def ready_made(language: str) -> Sequence[ReadyMade]:
    """Return the rules that are brought along; those in English for a language that has none."""
    chosen = language if language in LANGUAGES else "en"
    entries = yaml.safe_load((_FOLDER / f"{chosen}.yaml").read_text(encoding="utf-8"))
    return tuple(
        ReadyMade(entry["key"], from_json(entry["rule"]), {"event": entry["event"], **entry["sample"]})
        for entry in entries
    )
