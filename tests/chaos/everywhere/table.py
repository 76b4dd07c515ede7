"""What does `docs/reliability.md` say? One row a platform and fault, and how it was found."""

from collections.abc import Mapping

from core.platforms.base import Platform
from tests.chaos.everywhere.storm import Row

_HEAD = """# Reliability

What becomes of posts when everything fails. Made by `make chaos`; do not edit.

- **{date}**, commit `{commit}`, {machine}
- For every platform and every fault five posts: the worker lives, or is killed with SIGKILL before the call, during it,
  between the answer and its record, at any moment. Two workers compete for the posts over Redis; a killed one is
  replaced. {posts} posts, {attempts} calls, {kills} kills: **{doubled} doubled, {lost} lost**.
- The other end is a server as strict as the platform (`tests/fakes/platforms/`; Telegram's is the local Telegram).
  Only waits are shortened; the number and order of tries are the product's.

## How to read it

| column | means |
|---|---|
| attempts | rows of the ledger, each written before its call; a post is tried again when nothing of it can be live |
| published | the ledger says so, and it stands on the platform |
| asked | nobody can know what became of the call: the owner was asked, and nothing was sent again |
| failed | refused by the platform, or tried in vain five times; nothing of it is live |
| doubled | parts that stand on the platform more often than once |
| lost | called published and not there, or called failed and there |

| fault | what the platform does, once, to a post's first call (to a thread's second) |
|---|---|
| none | nothing: only the kills |
| refused | nobody listens |
| hang | does nothing and never answers |
| cut | publishes, then closes the connection without an answer |
| error before, error after | answers HTTP 500, having published nothing, or having published |
| rate limit | answers "too many requests" |
| reject | refuses this content |
| slow | publishes and answers late |
| garbage | publishes and answers what nobody can read |
| partial thread | publishes a thread's first part, fails at the second |
| unauthorized | no longer takes the token; the channel is then connected again, as an owner would |

A post may be asked about that did not have to be: five interrupted tries are where NEXUS stops settling by itself, and
in this storm every death interrupts what else the killed worker was sending. On Telegram, where only the owner can
tell, each worker sends one post at a time, so that a death strikes its own post alone.

## By platform

| platform | an unknown outcome is settled by | posts | attempts | kills | published | asked | failed | doubled | lost |
|---|---|---|---|---|---|---|---|---|---|
{platforms}

## By fault

| platform | fault | posts | attempts | published | asked | failed | doubled | lost |
|---|---|---|---|---|---|---|---|---|
{rows}
"""

_COLUMNS = ("published", "asked", "refused", "duplicates", "lost")


def document(
    results: Mapping[str, tuple[Mapping[str, Row], int]],
    platforms: Mapping[str, Platform],
    *,
    commit: str,
    date: str,
    machine: str,
) -> str:
    """Return the page."""
    everything = [row for faults, _ in results.values() for row in faults.values()]
    lines = []
    for slug, (faults, kills) in results.items():
        rows, platform = list(faults.values()), platforms[slug]
        cells = [platform.title, _way(platform), _sum(rows, "posts"), _sum(rows, "attempts"), kills]
        lines.append(_line([*cells, *(_sum(rows, name) for name in _COLUMNS)]))
    return _HEAD.format(
        date=date,
        commit=commit,
        machine=machine,
        posts=_sum(everything, "posts"),
        attempts=_sum(everything, "attempts"),
        kills=sum(kills for _, kills in results.values()),
        doubled=_sum(everything, "duplicates"),
        lost=_sum(everything, "lost"),
        platforms="\n".join(lines),
        rows="\n".join(
            _line(
                [platforms[slug].title, str(fault).replace("_", " "), row.posts, row.attempts]
                + [getattr(row, name) for name in _COLUMNS]
            )
            for slug, (faults, _) in results.items()
            for fault, row in faults.items()
        ),
    )


def _sum(rows: list[Row], name: str) -> int:
    return sum(getattr(row, name) for row in rows)


def _line(cells: list[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _way(platform: Platform) -> str:
    ways = []
    if platform.look_up is not None:
        ways.append("looking among the account's own posts")
    if platform.idempotent:
        ways.append("repeating under the same key")
    return ", then ".join(ways) or "asking the owner: the platform can neither be asked nor has keys"
