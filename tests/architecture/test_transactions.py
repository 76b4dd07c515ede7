"""Who commits? One file."""

import ast
from pathlib import Path

from tests.architecture.sources import calls_of, python_files

# The unit of work; Alembic's own connection; the local Telegram, whose memory is not the database.
_MAY_COMMIT = (Path("core/db/session.py"), Path("core/db/migrations.py"), Path("bot/sandbox"))


def test_commits_and_rollbacks_are_in_one_file() -> None:
    found = [
        f"{path}:{call.lineno} {call.func.attr}"
        for path in python_files("bot", "core", "workers")
        if not any(path == allowed or allowed in path.parents for allowed in _MAY_COMMIT)
        for call in calls_of(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback", "begin"}
    ]
    assert found == []
