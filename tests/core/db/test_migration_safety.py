"""May a migration run while NEXUS works? New ones are read for what would hold others up or break the version before."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

_SINCE = "20261126"  # older ones have run, or run on an empty database
FILES = sorted(path for path in (ROOT / "migrations" / "versions").glob("*.py") if path.name >= _SINCE)
_BREAKS_THE_OLD = {"drop_column", "drop_table", "rename_table"}


def calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every ``op.…`` call of ``upgrade`` with its name."""
    tree = ast.parse(source)
    (upgrade,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade"]
    for node in ast.walk(upgrade):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "op"
        ):
            yield node.func.attr, node


def dangers(source: str) -> list[str]:
    """Return what is not safe beside running processes of the version before."""
    found = list(calls(source))
    made = {_text(call.args[0]) for name, call in found if name == "create_table"}
    return [danger for name, call in found if (danger := _danger(name, call, made))]


def _danger(name: str, call: ast.Call, made: set[str]) -> str:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in _BREAKS_THE_OLD:
        return f"{name}: the version before still uses it; take it away in a later release"
    if name == "alter_column" and (
        {"type_", "new_column_name"} & set(given) or _is(given.get("nullable"), value=False)
    ):
        return (
            "alter_column: rewrites or locks the table, or breaks the version before; add a column beside it"
        )
    if (
        name == "create_index"
        and _text(call.args[1]) not in made
        and not _is(given.get("postgresql_concurrently"), value=True)
    ):
        return (
            "create_index: holds up every write meanwhile; use postgresql_concurrently in an autocommit_block"
        )
    if name == "add_column":
        column = call.args[1]
        inner = (
            {keyword.arg: keyword.value for keyword in column.keywords}
            if isinstance(column, ast.Call)
            else {}
        )
        if _is(inner.get("nullable"), value=False) and "server_default" not in inner:
            return "add_column: NOT NULL without a server default fails on rows, and for the version before"
    if name == "execute" and _text(call.args[0]).lstrip().upper().startswith(("UPDATE", "DELETE")):
        return "execute: rewrites rows in one transaction; do it in batches from the scheduler"
    return ""


def _is(node: ast.expr | None, *, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_new_migration_is_safe_beside_a_running_nexus(path: Path) -> None:
    assert dangers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "op.drop_column('content', 'words')",
        "op.alter_column('content', 'words', nullable=False)",
        "op.alter_column('content', 'words', type_=sa.Text())",
        "op.create_index('i', 'content', ['words'])",
        "op.add_column('content', sa.Column('x', sa.Text(), nullable=False))",
        "op.execute('UPDATE content SET words = NULL')",
    ],
)
def test_what_is_not_safe_is_found(line: str) -> None:
    assert len(dangers(f"def upgrade():\n    {line}\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "op.add_column('content', sa.Column('x', sa.Text(), nullable=True))",
        "op.add_column('content', sa.Column('x', sa.Text(), nullable=False, server_default=''))",
        "op.create_index('i', 'content', ['words'], postgresql_concurrently=True)",
        "(op.create_table('new', sa.Column('x')), op.create_index('i', 'new', ['x']))",
        "op.execute(\"SET lock_timeout = '5s'\")",
    ],
)
def test_what_is_safe_is_not(line: str) -> None:
    assert dangers(f"def upgrade():\n    {line}\n") == []
