"""Does the audit tell what is unsafe from what could not be asked, and does every exception have its reason?"""

import re
import subprocess
import tomllib
from typing import Any

import pytest
import yaml

from scripts import audit
from tests.architecture.sources import ROOT, python_files

SAFE = {"name": "yarl", "version": "1.0", "vulns": []}
UNSAFE = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"]}]}
UNKNOWN = {"name": "regex", "skip_reason": "Dependency not found"}


def reports(monkeypatch: pytest.MonkeyPatch, *packages: dict[str, Any]) -> None:
    monkeypatch.setattr(audit, "ask", lambda _: {"dependencies": list(packages)})


def test_a_known_vulnerability_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports(monkeypatch, SAFE, UNSAFE)
    assert audit.main() == 1
    assert "pillow 1.0: PYSEC-1" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_an_explained_one_does_not(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    reports(monkeypatch, UNSAFE)
    monkeypatch.setattr(audit, "explained", lambda: frozenset({name}))
    assert audit.main() == 0


def test_what_was_not_asked_is_said_and_fails_only_when_strict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports(monkeypatch, SAFE, UNKNOWN)
    assert audit.main() == 0
    assert "1 of its packages: NOT audited" in capsys.readouterr().out
    assert audit.main("--strict") == 1


def test_without_an_answer_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "ConnectionError: no route\n")

    monkeypatch.setattr(subprocess, "run", fails)
    assert audit.main() == 0
    assert "could not be audited (ConnectionError: no route)" in capsys.readouterr().out
    assert audit.main("--strict") == 1


def test_every_exception_for_a_folder_has_its_reason() -> None:
    ignored = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    off = {
        folder: {rule for rule in rules if rule.startswith("S")}
        for folder, rules in ignored["per-file-ignores"].items()
    }
    reasons = yaml.safe_load(audit.EXPLAINED.read_text(encoding="utf-8"))["folders"]
    assert {folder: set(rules) for folder, rules in reasons.items()} == {
        folder: rules for folder, rules in off.items() if rules
    }
    assert not [rule for rule in ignored["ignore"] if rule.startswith("S")]
    assert "S" in ignored["select"]


def test_every_exception_of_a_line_has_its_reason() -> None:
    bare = re.compile(r"#\s*noqa:\s*S\d+(?:,\s*S\d+)*\s*$")
    excepted = [
        (str(path), number)
        for path in python_files()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert excepted == []
