"""Can this document be imported? Everything is checked before anything is written, and every mistake is named."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from core.errors import ConfigError, InvalidInput
from core.platforms.base import Platform
from core.settings.service import GROUPS
from core.transfer import parsing
from core.transfer.document import AutomationPart, ChannelPart, Document, ProductPart, TemplatePart
from core.transfer.paths import at_index, at_key, path_of

_GROUPS = {group.key: group for group in GROUPS}
_FIELDS: dict[str, type[BaseModel]] = {
    "products": ProductPart, "channels": ChannelPart, "templates": TemplatePart, "automations": AutomationPart,
}  # fmt: skip


def read_document(
    text: str, file_name: str, *, environment: Mapping[str, str], platforms: Mapping[str, Platform]
) -> Document:
    """Return the checked document. Raises ``ConfigError`` listing every mistake with its path, never a value."""
    problems: list[str] = []
    try:
        value = parsing.fill_in(parsing.parse(text, file_name), environment, "", problems)
    except RecursionError:
        raise ConfigError(f"{file_name}: nested too deeply") from None
    if not isinstance(value, dict):
        raise ConfigError(f"{file_name}: expected an object with products, templates or settings")
    # A text with a hole in it would only be reported a second time as a wrong value.
    unfilled = {problem.partition(":")[0] for problem in problems}
    found = [
        *_shape_problems(value),
        *_credential_problems(value, platforms),
        *_settings_problems(value),
        *_twice(value),
    ]
    problems += [f"{path}: {message}" for path, message in found if path not in unfilled]
    if problems:
        unique = list(dict.fromkeys(problems))
        raise ConfigError(f"{file_name} was not imported, nothing was changed:\n  " + "\n  ".join(unique))
    return Document.model_validate(value)


def _shape_problems(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        document = Document.model_validate(value)
    except ValidationError as error:
        yield from _messages(error, Document)
        return
    first: dict[str, int] = {}
    for index, product in enumerate(document.products):
        if not product.key:
            yield f"products[{index}].slug", "cannot be made from this name; give one, e.g. my-product"
        elif first.setdefault(product.key, index) != index and product.slug is None:
            yield (
                f"products[{index}].name",
                f"gives the same slug as products[{first[product.key]}]; give one",
            )


def _messages(error: ValidationError, model: type[BaseModel], start: str = "") -> Iterator[tuple[str, str]]:
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "there is no such field" + _hint(str(item["loc"][-1]), _siblings(item["loc"], model))
        yield path_of(item["loc"], start), message


def _siblings(steps: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    owners = [_FIELDS[step] for step in steps[:-1] if isinstance(step, str) and step in _FIELDS]
    return list((owners[-1] if owners else model).model_fields)


def _hint(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"


def _credential_problems(
    value: dict[str, Any], platforms: Mapping[str, Platform]
) -> Iterator[tuple[str, str]]:
    for path, channel in _each(value, "products", "channels"):
        slug, credentials = channel.get("platform"), channel.get("credentials")
        if not isinstance(slug, str):
            continue
        if slug not in platforms:
            yield at_key(path, "platform"), f"there is no platform {slug!r}" + _hint(slug, sorted(platforms))
        elif isinstance(credentials, dict):
            model = platforms[slug].credentials
            try:
                model.model_validate(credentials)
            except ValidationError as error:
                yield from _messages(error, model, at_key(path, "credentials"))


def _settings_problems(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    settings = value.get("settings")
    for name, fields in settings.items() if isinstance(settings, dict) else ():
        group, path = _GROUPS.get(name), at_key("settings", name)
        if group is None:
            yield path, "there is no such group of settings" + _hint(str(name), list(_GROUPS))
        elif isinstance(fields, dict):
            for field in fields:
                if field not in group.model_fields:
                    yield (
                        at_key(path, field),
                        "there is no such setting" + _hint(str(field), list(group.model_fields)),
                    )
            try:
                group.model_validate(fields)
            except ValidationError as error:
                yield from _messages(error, group, path)
            except InvalidInput as error:
                yield at_key(path, "timezone"), str(error)


def _twice(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _repeated(_each(value, "products"), "slug")
    yield from _repeated(_each(value, "templates"), "name")
    for path, product in _each(value, "products"):
        for part, field in (("channels", "platform"), ("templates", "name"), ("automations", "name")):
            yield from _repeated(_each(product, part, start=path), field)


def _repeated(parts: Iterator[tuple[str, dict[str, Any]]], field: str) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for path, part in parts:
        name = part.get(field)
        if isinstance(name, str) and first.setdefault(name.strip(), path) != path:
            yield at_key(path, field), f"the same {field} as {first[name.strip()]}"


def _each(value: Any, *names: str, start: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object found by following lists called ``names``, with its path; wrong shapes are skipped."""
    if not names:
        if isinstance(value, dict):
            yield start, value
        return
    items = value.get(names[0]) if isinstance(value, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        yield from _each(item, *names[1:], start=at_index(at_key(start, names[0]), index))
