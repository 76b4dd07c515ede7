"""Is everything that exists registered, and everything registered there?"""

import dataclasses
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from pydantic import BaseModel

from core.db.models import Base
from core.jobs.jobs import JobName
from core.platforms.base import Platform
from core.platforms.registry import PLATFORMS
from tests.architecture.sources import ROOT
from workers.tasks import HANDLERS


def test_every_job_has_its_task() -> None:
    assert set(HANDLERS) == set(JobName)


def test_every_platform_folder_is_registered_under_its_name() -> None:
    folders = {path.parent.name for path in (ROOT / "core/platforms").glob("*/__init__.py")}
    assert folders == set(PLATFORMS)


def test_platforms_have_the_abilities_they_declare() -> None:
    for slug, platform in PLATFORMS.items():
        assert platform.slug == slug
        assert issubclass(platform.credentials, BaseModel)
        assert platform.default_api_base.startswith("https://")
        for field in dataclasses.fields(Platform):
            value = getattr(platform, field.name)
            if field.name in {"render", "publish", "check"}:
                assert callable(value), f"{slug}.{field.name}"
            if field.name in {"edit", "delete", "look_up"}:
                assert value is None or callable(value), f"{slug}.{field.name}"


def test_migrations_have_one_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_every_model_is_in_the_registry_of_models() -> None:
    files = [
        path for path in (ROOT / "core").glob("*/models.py") if "class " in path.read_text(encoding="utf-8")
    ]
    registered = {
        Path(str(mapper.class_.__module__).replace(".", "/") + ".py") for mapper in Base.registry.mappers
    }
    assert {path.relative_to(ROOT) for path in files if path.parent.name != "db"} <= registered
