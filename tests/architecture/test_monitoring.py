"""Do the page, the dashboard and the rules speak of figures that exist, and of all of them?"""

import json
import re
from typing import Any

import yaml
from prometheus_client.metrics import MetricWrapperBase

from core.metrics import meters
from tests.architecture.sources import ROOT

DOCS = ROOT / "docs"
_NAME = re.compile(r"\bnexus_[a-z_]+\b")
_LABELS = re.compile(r"(nexus_[a-z_]+)\{([^}]*)\}")


def known() -> dict[str, set[str]]:
    """Return the names Prometheus sees, each with its labels."""
    names: dict[str, set[str]] = {}
    for meter in vars(meters).values():
        if isinstance(meter, MetricWrapperBase):
            (family,) = meter.describe()
            endings = {"counter": ("_total",), "histogram": ("", "_bucket", "_sum", "_count")}
            for ending in endings.get(family.type, ("",)):
                names[family.name + ending] = set(meter._labelnames)
    return names


def expressions() -> list[str]:
    """Return every expression of the dashboard and of the rules."""
    board: dict[str, Any] = json.loads((DOCS / "monitoring/grafana-dashboard.json").read_text())
    rules: dict[str, Any] = yaml.safe_load((DOCS / "monitoring/alert-rules.yaml").read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return asked + [rule["expr"] for group in rules["groups"] for rule in group["rules"]]


def test_every_expression_asks_for_figures_and_labels_that_exist() -> None:
    names = known()
    for expression in expressions():
        found = _NAME.findall(expression)
        assert found or "up{" in expression or "process_" in expression, expression
        assert set(found) <= set(names), expression
        for name, labels in _LABELS.findall(expression):
            assert {label.split("=")[0].strip(" !~") for label in labels.split(",")} <= names[name], (
                expression
            )
        by = re.findall(r"by \(([^)]*)\)", expression)
        labels_known = set().union(*(names[name] for name in found), {"le"})
        assert {label.strip() for group in by for label in group.split(",")} <= labels_known, expression


def test_every_rule_says_what_to_do() -> None:
    rules = yaml.safe_load((DOCS / "monitoring/alert-rules.yaml").read_text())
    for rule in rules["groups"][0]["rules"]:
        assert rule["annotations"]["action"]
        assert rule["annotations"]["summary"]


def test_the_page_names_every_figure_and_no_other() -> None:
    page = set(_NAME.findall((DOCS / "monitoring.md").read_text()))
    assert page == {name for name in known() if not name.endswith(("_bucket", "_sum", "_count"))}


def test_no_two_panels_lie_on_each_other() -> None:
    board = json.loads((DOCS / "monitoring/grafana-dashboard.json").read_text())
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
