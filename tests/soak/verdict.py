"""Was anything lost, doubled or left untold? What stands in the database, on the platforms and in the chat is compared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import asyncpg

from tests.soak.load import RARE, Load
from tests.soak.plan import TOLD
from tests.soak.world import CHANNEL, World

_TELLS = {
    "database": ("База данных не отвечает", "База данных была недоступна, теперь отвечает"),
    "redis": ("Redis не отвечает", "Redis снова отвечает"),
}
_PUBLICATIONS = """
SELECT channels.platform, content.original_text AS text, publications.status
FROM publications JOIN channels ON channels.id = channel_id JOIN content ON content.id = content_id
"""


@dataclass
class Verdict:
    """What was counted, and what is wrong: a sentence each."""

    counted: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def held(self, condition: bool, sentence: str) -> None:
        """Keep the sentence when the condition does not hold."""
        if not condition:
            self.wrong.append(sentence)


def compare(
    what: str, wanted: Iterable[str], live: Iterable[str], asked: Iterable[str], verdict: Verdict
) -> None:
    """Count what stands nowhere and was not asked about, and what stands twice."""
    counted, excused = Counter(live), set(asked)
    lost = sorted(text for text in wanted if not counted[text] and text not in excused)
    doubled = sorted(text for text, times in counted.items() if times > 1)
    verdict.held(not lost, f"{what}: {len(lost)} lost, the first {lost[:1]}")
    verdict.held(not doubled, f"{what}: {len(doubled)} doubled, the first {doubled[:1]}")


async def judge(world: World, load: Load, left: int) -> Verdict:
    """Compare everything; ``left`` is what still waits after the calm."""
    verdict = Verdict()
    verdict.held(left == 0, f"{left} things still wait after the calm")
    dead = [name for name, part in world.parts.items() if part.process.returncode is not None]
    verdict.held(not dead, f"processes have ended: {', '.join(dead)}")
    connection = await asyncpg.connect(world.database_url)
    try:
        await _events(connection, load, verdict)
        await _posts(connection, world, load, verdict)
        await _ideas(connection, load, verdict)
        await _told(connection, world, verdict)
    finally:
        await connection.close()
    return verdict


async def _events(connection: asyncpg.Connection, load: Load, verdict: Verdict) -> None:
    rows = await connection.fetch("SELECT id, processed FROM events")
    runs = Counter(
        str(row["event_id"]) for row in await connection.fetch("SELECT event_id FROM automation_logs")
    )
    answered = load.crowd.answered
    verdict.counted |= {"events": len(answered), "tries of senders that failed": load.crowd.tries_failed}
    verdict.held(not load.crowd.refused, f"events refused with {Counter(load.crowd.refused)}")
    verdict.held(
        {str(row["id"]) for row in rows} == set(answered.values()), "events answered are not those stored"
    )
    verdict.held(len(rows) == len(answered), f"{len(rows)} events stored for {len(answered)} sent")
    verdict.held(all(row["processed"] for row in rows), "an event was not processed")
    verdict.held(runs == Counter(answered.values()), "not every event has exactly one run of the rule")
    rare = sum(int(number) >= RARE for number in answered)
    failed = await connection.fetchval("SELECT count(*) FROM automation_logs WHERE status = 'failed'")
    drafts = await connection.fetchval("SELECT count(*) FROM automation_logs WHERE status = 'success'")
    verdict.counted |= {
        "events that set off the rule": rare,
        "of them drafted": drafts,
        "of them failed": failed,
    }
    verdict.held(drafts + failed == rare, f"{drafts} drafts and {failed} failures for {rare} events")


async def _posts(connection: asyncpg.Connection, world: World, load: Load, verdict: Verdict) -> None:
    rows = await connection.fetch(_PUBLICATIONS)
    walls = {slug: fake.texts for slug, fake in world.fakes.items()}
    walls["telegram"] = [
        str(post.content.get("text") or post.content.get("caption"))
        for post in world.sandbox.messages(f"@{CHANNEL}")
    ]
    statuses = Counter(str(row["status"]) for row in rows)
    verdict.counted |= {"posts planned": sum(map(len, load.posts.values()))}
    verdict.counted |= {f"publications {status}": many for status, many in sorted(statuses.items())}
    for platform, live in walls.items():
        here = [row for row in rows if row["platform"] == platform]
        wanted = [text for text, platforms in load.posts.items() if platform in platforms]
        asked = [row["text"] for row in here if row["status"] == "uncertain"]
        compare(f"posts on {platform}", wanted, [text for text in live if text in load.posts], asked, verdict)
        published = sum(row["status"] == "published" for row in here)
        verdict.held(
            published <= len(live) <= published + len(asked),
            f"{platform}: {len(live)} posts are live, {published} are called published and {len(asked)} asked about",
        )
    uncertain = await connection.fetchval("SELECT count(*) FROM notifications WHERE kind = 'uncertain'")
    verdict.held(
        statuses["uncertain"] == uncertain, f"{statuses['uncertain']} unclear posts, asked about {uncertain}"
    )


async def _ideas(connection: asyncpg.Connection, load: Load, verdict: Verdict) -> None:
    known = "\n".join(
        row["said"] for row in await connection.fetch("SELECT content::text AS said FROM content")
    )
    lost = [idea for idea in load.ideas if idea not in known]
    verdict.counted |= {"ideas": len(load.ideas), "taps": load.taps}
    verdict.held(not lost, f"{len(lost)} ideas became no draft, the first {lost[:1]}")


async def _told(connection: asyncpg.Connection, world: World, verdict: Verdict) -> None:
    rows = await connection.fetch("SELECT key, ended_at FROM troubles")
    verdict.held(all(row["ended_at"] for row in rows), "a trouble is still called open")
    # The whole chat; what an owner's app loads are only the last messages.
    chat = [str(post.content.get("text", "")) for post in world.sandbox.messages(world.owner.id)]
    for key in TOLD:
        verdict.held(any(row["key"] == key for row in rows), f"{key}: the outage was not noticed")
    sent = await connection.fetch(
        "SELECT kind, payload ->> 'trouble_id' AS id, count(*) AS many FROM notifications "
        "WHERE kind IN ('trouble', 'trouble_over') AND status = 'sent' GROUP BY 1, 2"
    )
    verdict.counted |= {"troubles": len(rows), "told": sum(row["many"] for row in sent)}
    for key in TOLD:
        begun, over = (sum(phrase in text for text in chat) for phrase in _TELLS[key])
        verdict.counted |= {f"{key}: told that it is away": begun, f"{key}: told that it is back": over}
        # What was over before it could be told is one message that says both.
        verdict.held(
            over == 1 and begun <= 1,
            f"{key}: told {begun} times that it is away, {over} times that it is back",
        )
