"""Why did a run do what it did? In words: the condition that did not hold, the limit that was met, what each step made."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.i18n import Markup, Translator
from bot.screens.automations import words
from bot.ui import format as fmt

# Codes of `automation_logs.why` that have words.
_SKIPPED = frozenset(
    {"conditions", "cooldown", "limit-hour", "limit-day", "paused", "paused-product", "hops", "invalid"}
)
_RESULTS = frozenset({"success", "failed", "skipped", "waiting"})
_SHOWN = 3  # conditions that did not hold


def reasons(why: str | None, conditions: Mapping[str, Any] | None, t: Translator) -> list[Markup]:
    """Say why the run did nothing, or failed, with what was there and what was wanted."""
    if why is None:
        return []
    known = why in _SKIPPED
    lines = [t(f"automation-skip-{why}") if known else t("automation-skip-other", code=fmt.short(why, 60))]
    if why == "conditions" and conditions is not None:
        lines += [_unmet(one, t) for one in list(_failing(conditions))[:_SHOWN]]
    return lines


def step(item: Any, t: Translator) -> Markup:
    """Say what a step of the log did."""
    if not isinstance(item, Mapping) or "action" not in item:
        return t("automation-run-action", text=words.value_of(item))
    result = str(item.get("result"))
    said = {
        "what": words.doing(item, t),
        "result": t(f"automation-result-{result}") if result in _RESULTS else words.said(result),
    }
    if isinstance(item.get("number"), int):
        return t("automation-step-draft", number=str(item["number"]), **said)
    why = item.get("error") or item.get("asked_because")
    return (
        t("automation-step-why", why=fmt.short(str(why), 60), **said) if why else t("automation-step", **said)
    )


def _failing(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Go through the comparisons that did not hold; of a group that was not to hold, those that did."""
    items = tree.get("items")
    if not isinstance(items, list):
        if not tree.get("held"):
            yield tree
        return
    for item in items:
        if isinstance(item, Mapping) and (tree.get("group") != "not" or "items" in item):
            yield from _failing(item)


def _unmet(item: Mapping[str, Any], t: Translator) -> Markup:
    wanted = words.comparison(item, t)
    if item.get("missing"):
        return t("automation-unmet-missing", wanted=wanted)
    return t("automation-unmet", wanted=wanted, actual=words.value_of(item.get("actual")))
