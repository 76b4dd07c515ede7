"""Which templates does NEXUS bring along? One YAML file per language, read as they stand.

The database got them from a migration that carries its own copy; a test compares the two, so that changing a file
here asks for a new migration. The files are also what is used when somebody removed the rows.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict

from core.templates.structure import Structure

LANGUAGES = ("ru", "en")
_FOLDER = Path(__file__).resolve().parent


class SystemTemplate(BaseModel):
    """One shipped template; `key` is its kind of post."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    name: str
    description: str
    structure: Structure


@cache
def shipped(language: str) -> Mapping[str, SystemTemplate]:
    """Return the shipped templates by key; those in English for a language that has none."""
    chosen = language if language in LANGUAGES else "en"
    entries = yaml.safe_load((_FOLDER / f"{chosen}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({entry["key"]: SystemTemplate.model_validate(entry) for entry in entries})
