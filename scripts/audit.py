"""Is any package of the lock files known to be unsafe? `pip-audit` asks the registry; what it could not ask about is said.

    python scripts/audit.py [--strict]

Exit code 1 when a package has a known vulnerability that is not explained in `docs/audit.yaml`. Where the registry cannot
be asked, or knows nothing of vulnerabilities, that is said and no failure, so that work without a network goes on; with
`--strict`, which is for a CI, it is one.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
EXPLAINED = ROOT / "docs" / "audit.yaml"
_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the packages of one lock file."""

    asked: int
    not_asked: tuple[str, ...]
    unsafe: tuple[str, ...]  # "package version: advisory"


class NotAsked(Exception):
    """Nothing could be asked; the message says why."""


def read(report: dict[str, Any], explained: frozenset[str]) -> Found:
    """Read a report of `pip-audit --format json`."""
    packages = report["dependencies"]
    skipped = tuple(one["name"] for one in packages if "skip_reason" in one)
    unsafe = tuple(
        f"{one['name']} {one['version']}: {flaw['id']}"
        for one in packages
        for flaw in one.get("vulns", ())
        if not explained & {flaw["id"], *flaw.get("aliases", ())}
    )
    return Found(len(packages) - len(skipped), skipped, unsafe)


def explained() -> frozenset[str]:
    """Return the advisories that do not count, each of which has its reason beside it."""
    entries = yaml.safe_load(EXPLAINED.read_text(encoding="utf-8"))["accepted"] or {}
    return frozenset(entries)


def ask(lock: str) -> dict[str, Any]:
    """Have `pip-audit` ask about every package of ``lock``. Raises ``NotAsked``."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        lock,
        "--no-deps",
        "--disable-pip",
        "--format",
        "json",
    ]
    try:
        done = subprocess.run(
            [*command, "--progress-spinner", "off"], cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotAsked(f"no answer in {_SECONDS} s") from None
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        said = done.stderr.strip().splitlines()
        raise NotAsked(said[-1][:200] if said else "no answer") from None
    return report


def main(*arguments: str) -> int:
    """Ask about every lock file and say what came out."""
    strict, failed = "--strict" in arguments, False
    for lock in LOCKS:
        try:
            found = read(ask(lock), explained())
        except NotAsked as error:
            print(f"{lock}: could not be audited ({error})")
            failed |= strict
            continue
        for one in found.unsafe:
            print(f"{lock}: {one}")
        if found.not_asked:
            print(
                f"{lock}: the registry says nothing about {len(found.not_asked)} of its packages: NOT audited"
            )
        if found.asked:
            print(f"{lock}: {found.asked} packages audited, {len(found.unsafe)} known vulnerabilities")
        failed |= bool(found.unsafe) or (strict and bool(found.not_asked))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
