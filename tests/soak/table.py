"""What does a soak's section in `docs/reliability.md` say?"""

from collections.abc import Sequence

from tests import sections
from tests.soak.memory import Sample, shape, slope
from tests.soak.plan import Planned
from tests.soak.verdict import Verdict

HEADING = "## A long time with everything failing"


def section(
    *, minutes: float, rate: float, commit: str, date: str, machine: str, faults: Sequence[Planned], small_disk: bool,
    verdict: Verdict, memory: dict[str, list[Sample]],
) -> str:  # fmt: skip
    """Return the section."""
    skipped = "" if small_disk else " The disk was not filled: that needs root, for a small disk of its own."
    lines = [
        HEADING, "",
        f"Made by `make soak`; do not edit. **{date}**, commit `{commit}`, {machine}.", "",
        f"{minutes:g} minutes under load: a bot, two workers,",
        f"two schedulers and a receiver as processes over Redis; {rate:.1f} posts and {rate:.1f} events a second (a third of",
        f"what a burst at the start showed, ten at most), ideas and taps of the owner.{skipped}", "",
        "| failed | after, s | for, s |", "|---|---|---|",
        *(f"| {one.name} | {one.at:.0f} | {one.seconds:.0f} |" for one in faults), "",
        "| counted | |", "|---|---|",
        *(f"| {what} | {many:,} |" for what, many in verdict.counted.items()), "",
        "**" + ("Nothing lost, nothing doubled, each outage told once." if not verdict.wrong else "Wrong: ") + "**",
        *(f"- {sentence}" for sentence in verdict.wrong), "",
        "Resident memory, MB, at seven moments from the first to the last; the slope is the line through the last three",
        "quarters of a look every ten seconds, and means something when that is the better part of an hour.", "",
        "| process | MB | slope, MB/h |", "|---|---|---|",
    ]  # fmt: skip
    for name, samples in memory.items():
        steep = slope(samples)
        shown = "–" if steep is None else f"{steep:+.1f}"
        course = " ".join(f"{mb:.0f}" for mb in shape(samples))
        lines.append(f"| {name} | {course} | {shown} |")
    return "\n".join(lines) + "\n"


def placed(page: str, new: str) -> str:
    """Put the section in place of the one there was, or at the end; the rest of the page stays as it is."""
    return sections.placed(page, HEADING, new)


def kept(page: str) -> str:
    """Return the section that stands on the page, or nothing."""
    return sections.kept(page, HEADING)
