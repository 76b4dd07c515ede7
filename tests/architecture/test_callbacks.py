"""Are buttons typed? No callback string is written by hand, and prefixes are short and unique."""

import ast
from collections import Counter
from pathlib import Path

from tests.architecture.sources import calls_of, python_files, tree_of

_LONGEST_PREFIX = 6  # of the 64 bytes a button may carry
_BY_HAND_ALLOWED = (Path("bot/ui"), Path("bot/sandbox"))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_no_callback_strings_outside_the_screen_kit() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path in python_files("bot")
        if not any(allowed in path.parents for allowed in _BY_HAND_ALLOWED)
        for call in calls_of(path)
        for keyword in call.keywords
        if keyword.arg == "callback_data" and _is_text(keyword.value)
    ]
    assert found == []


def test_prefixes_are_unique_and_short() -> None:
    prefixes: Counter[str] = Counter()
    for path in python_files("bot"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                for keyword in node.keywords:
                    if keyword.arg == "prefix" and isinstance(keyword.value, ast.Constant):
                        prefixes[str(keyword.value.value)] += 1
    assert {prefix: count for prefix, count in prefixes.items() if count > 1} == {}
    assert [prefix for prefix in prefixes if len(prefix.encode()) > _LONGEST_PREFIX] == []
