"""What does the text of an import say? JSON or YAML to plain values, with ${NAME} filled in from the environment."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import yaml

from core.errors import ConfigError
from core.transfer.paths import at_index, at_key

LARGEST = 20 * 1024 * 1024  # bytes; a thousand products with everything they own are less
LARGEST_YAML = 4 * 1024 * 1024  # bytes; its reader needs much more time and memory than that of JSON
DEPTH = 64  # levels; a rule with branches in branches has less than half of them
_UNSTORABLE = "a character that cannot be stored (NUL or half of a surrogate pair)"
_VARIABLE = re.compile(r"\$(?P<escaped>\$)?\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}")


class _PlainLoader(yaml.SafeLoader):
    """YAML with JSON's values only: dates stay text, a key written twice is a mistake, nothing stands for another thing.

    A few lines of anchors that repeat each other become more values than any machine holds.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, f"*{alias.anchor} stands for another place; write it out", alias.start_mark
            )
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: _PlainLoader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, "a field's name must be text; put it in quotes", key_node.start_mark
            )
        if key in result:
            raise yaml.constructor.ConstructorError(
                None, None, f"the field {key!r} is there twice", key_node.start_mark
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_PlainLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, file_name: str) -> Any:
    """Return the values in ``text``: YAML for `.yaml` and `.yml`, else JSON.

    Raises ``ConfigError`` with line and column, never with the text: it may hold secrets.
    """
    value = _parse_yaml(text, file_name) if is_yaml(file_name) else _parse_json(text, file_name)
    if is_deep(value):
        raise ConfigError(f"{file_name}: nested too deeply")
    return value


def is_yaml(file_name: str) -> bool:
    """Tell by its name how a file is written."""
    return file_name.lower().endswith((".yaml", ".yml"))


def check_size(data: bytes, file_name: str) -> None:
    """Raise ``ConfigError`` for more than is imported at once."""
    mebibyte = 1024 * 1024
    if len(data) > LARGEST:
        raise ConfigError(
            f"{file_name}: is larger than {LARGEST // mebibyte} MiB, the most that is imported at once; divide it into "
            "files with some of the products each and import them one after the other"
        )
    if is_yaml(file_name) and len(data) > LARGEST_YAML:
        raise ConfigError(
            f"{file_name}: is larger than {LARGEST_YAML // mebibyte} MiB, the most that is read as YAML; "
            f"write it as JSON (up to {LARGEST // mebibyte} MiB), or divide it into several files"
        )


def is_deep(value: Any) -> bool:
    """Tell whether ``value`` is nested deeper than anything that is imported."""
    level = [value]
    for _ in range(DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _parse_json(text: str, file_name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise ConfigError(
            f"{file_name}, line {error.lineno}, column {error.colno}: not JSON ({error.msg})"
        ) from None
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ConfigError(f"{file_name}: {reason}") from None


def _parse_yaml(text: str, file_name: str) -> Any:
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506  # a SafeLoader with fewer types
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConfigError(f"{file_name}{where}: not YAML ({error.problem})") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(f"{file_name}: not YAML ({error.__class__.__name__})") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the field {key!r} is there twice in one object")
        result[key] = value
    return result


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def fill_in(value: Any, environment: Mapping[str, str], path: str, problems: list[str]) -> Any:
    """Return ``value`` with every ${NAME} replaced; ``$${NAME}`` stands for the literal.

    What is missing, and text that PostgreSQL cannot hold, is added to ``problems`` under its path.
    """
    match value:
        case str():
            return _fill_text(value, environment, path, problems)
        case dict():
            problems += [
                f"{path or 'the document'}: {_UNSTORABLE} in a field's name"
                for key in value
                if _unstorable(key)
            ]
            return {
                key: fill_in(inner, environment, at_key(path, key), problems) for key, inner in value.items()
            }
        case list():
            return [
                fill_in(inner, environment, at_index(path, index), problems)
                for index, inner in enumerate(value)
            ]
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case _:
            problems.append(f"{path}: is not a value that JSON has")
            return None


def _fill_text(text: str, environment: Mapping[str, str], path: str, problems: list[str]) -> str:
    def replacement(match: re.Match[str]) -> str:
        if match["escaped"]:
            return match[0][1:]
        value = environment.get(match["name"])
        if not value:
            problems.append(f"{path}: the environment variable {match['name']} is not set")
            return ""
        return value

    filled = _VARIABLE.sub(replacement, text)
    if _unstorable(filled):
        problems.append(f"{path}: holds {_UNSTORABLE}")
    return filled


def _unstorable(text: str) -> bool:
    """Tell text that PostgreSQL refuses."""
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def escape(text: str) -> str:
    """Return ``text`` so that ``fill_in`` gives it back unchanged."""
    return _VARIABLE.sub(lambda match: f"${match[0]}", text)
