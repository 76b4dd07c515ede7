"""Who commits? One file."""

import ast
from pathlib import Path

from tests.architecture.sources import calls_of, python_files

# The unit of work; Alembic's own connection; the local Telegram, whose memory is not the database.
_MAY_COMMIT = (
    Path("core/db/session.py"),
    Path("core/db/migrations.py"),
    Path("bot/sandbox"),
    Path("bot/cli/demo_channel.py"),
)


def _ends_or_begins(called: ast.Attribute) -> bool:
    if called.attr in {"commit", "rollback"}:
        return True
    owner = called.value.id if isinstance(called.value, ast.Name) else ""
    return called.attr == "begin" and any(word in owner for word in ("session", "connection", "engine"))


def test_commits_and_rollbacks_are_in_one_file() -> None:
    found = [
        f"{path}:{call.lineno} {call.func.attr}"
        for path in python_files("bot", "core", "workers")
        if not any(path == allowed or allowed in path.parents for allowed in _MAY_COMMIT)
        for call in calls_of(path)
        if isinstance(call.func, ast.Attribute) and _ends_or_begins(call.func)
    ]
    assert found == []
