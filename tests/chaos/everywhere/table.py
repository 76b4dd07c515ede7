"""What does `docs/reliability.md` say? One row a platform and fault, and how it was found."""

from collections.abc import Mapping

from core.platforms.base import Platform
from tests.chaos.everywhere.storm import Row

_HEAD = """# Reliability

What becomes of posts when everything fails. Made by `make chaos`; do not edit.

- **{date}**, commit `{commit}`, {machine}
- For every platform and every fault five posts: the worker lives, or is killed with SIGKILL before the call, during it,
  between the answer and its record, at any moment. Two workers compete for the posts over Redis; a killed one is
  replaced. {posts} posts, {kills} kills.
- The other end is a server as strict as the platform (`tests/fakes/platforms/`; Telegram's is the local Telegram).
  The faults: nobody listens; no answer and no effect (hang); the answer cut after the effect; HTTP 500 before and after
  the effect; 429; the content refused; a slow answer; an answer that cannot be read; a thread whose second part fails;
  the token refused (the channel is then connected again, as an owner would).
- *Attempts* are rows of the ledger. *Asked*: the outcome could not be known, so the owner was asked and nothing was
  sent again. *Doubled*: stands more often than once. *Lost*: called published and is not there, or called failed and is.

| platform | an unknown outcome is settled by |
|---|---|
{ways}

| platform | fault | posts | attempts | published | asked | failed | doubled | lost |
|---|---|---|---|---|---|---|---|---|
{rows}
"""


def document(
    results: Mapping[str, tuple[Mapping[str, Row], int]],
    platforms: Mapping[str, Platform],
    *,
    commit: str,
    date: str,
    machine: str,
) -> str:
    """Return the page."""
    rows = [
        f"| {platforms[slug].title} | {str(fault).replace('_', ' ')} | {row.posts} | {row.attempts} | {row.published} "
        f"| {row.asked} | {row.refused} | {row.duplicates} | {row.lost} |"
        for slug, (faults, _) in results.items()
        for fault, row in faults.items()
    ]
    return _HEAD.format(
        date=date,
        commit=commit,
        machine=machine,
        posts=sum(row.posts for faults, _ in results.values() for row in faults.values()),
        kills=sum(kills for _, kills in results.values()),
        ways="\n".join(f"| {platforms[slug].title} | {_way(platforms[slug])} |" for slug in results),
        rows="\n".join(rows),
    )


def _way(platform: Platform) -> str:
    ways = []
    if platform.look_up is not None:
        ways.append("looking among the account's own posts")
    if platform.idempotent:
        ways.append("repeating under the same key")
    return ", then ".join(ways) or "asking the owner: the platform can neither be asked nor has keys"
