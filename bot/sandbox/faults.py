"""What goes wrong on purpose, in which call, and how many times?"""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.refusals import Refusal, too_many_requests

BEFORE = frozenset(
    {"refuse", "hang", "500_before", "502", "429", "401", "403", "400", "409", "slow", "poison"}
)
AFTER = frozenset({"cut", "500_after", "malformed", "hang_after"})
KINDS = BEFORE | AFTER


@dataclass
class Fault:
    """One rule.

    `refuse` closes the connection unread; `hang` never answers and changes nothing; `hang_after` changes the state
    and never answers; `cut` changes the state and closes the connection; `500_before` / `500_after` answer 500
    without / with the change; `502` is a gateway that cannot reach Telegram; `429`, `401`, `403`, `400`, `409` refuse; `malformed` changes the state and answers
    broken JSON; `slow` waits `seconds` first; `poison` queues an update that no library can parse (for getUpdates).
    """

    kind: str
    method: str = "*"
    chat_id: int | None = None
    bot_id: int | None = None
    times: int | None = 1
    """How many calls it hits; nothing means every one until it is removed."""
    every: int = 1
    """Hit only every Nth matching call."""
    skip: int = 0
    """Leave the first N matching calls alone."""
    seconds: float = 30.0
    """How long `slow` waits; a `hang` ends after it too."""
    retry_after: int = 5
    description: str = ""
    id: int = 0
    seen: int = 0
    hits: int = 0

    def wants(self, method: str, bot_id: int | None, chat_id: int | None) -> bool:
        """Count a matching call and say whether this one is hit."""
        if self.method != "*" and self.method.lower() != method.lower():
            return False
        if self.chat_id not in {None, chat_id} or self.bot_id not in {None, bot_id}:
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        self.seen += 1
        if self.seen <= self.skip or (self.seen - self.skip) % self.every:
            return False
        self.hits += 1
        return True

    def refusal(self) -> Refusal | None:
        """The error this rule answers with, if it is one of those."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        texts = {
            "500_before": (500, "Internal Server Error"),
            "502": (502, "Bad Gateway"),
            "500_after": (500, "Internal Server Error"),
            "401": (401, "Unauthorized"),
            "403": (403, "Forbidden: bot was blocked by the user"),
            "400": (400, "Bad Request: wrong request"),
            "409": (
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            ),
        }
        if self.kind not in texts:
            return None
        code, text = texts[self.kind]
        return Refusal(code, self.description or text)


class Faults:
    """The rules in force, oldest first; the first that wants a call gets it."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._count = 0
        self._released = asyncio.Event()

    def add(self, kind: str, method: str = "*", **options: Any) -> Fault:
        """Add a rule. Raises `ValueError` for a kind or an option that does not exist."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; known: {', '.join(sorted(KINDS))}")
        unknown = set(options) - set(Fault.__dataclass_fields__) | set(options) & {"id", "seen", "hits"}
        if unknown:
            raise ValueError(f"unknown option {', '.join(sorted(unknown))}")
        if options.get("every", 1) < 1:
            raise ValueError("every must be at least 1")
        self._count += 1
        rule = Fault(kind, method, **options, id=self._count)
        self._rules.append(rule)
        return rule

    def take(self, method: str, bot_id: int | None, chat_id: int | None, *, body_read: bool) -> Fault | None:
        """The rule that hits this call. Before the body is read only rules that close the connection unread count."""
        for rule in self._rules:
            unread = rule.kind == "refuse" and rule.chat_id is None
            if unread != body_read and rule.wants(method, bot_id, chat_id):
                return rule
        return None

    def clear(self, rule_id: int | None = None) -> None:
        """Remove one rule or all, and let go of the calls that hang."""
        self._rules = [rule for rule in self._rules if rule_id is not None and rule.id != rule_id]
        self._released.set()
        self._released = asyncio.Event()

    def body(self) -> list[dict[str, Any]]:
        """All rules as plain JSON."""
        return [asdict(rule) for rule in self._rules]

    async def hold(self, seconds: float) -> None:
        """Wait until `seconds` pass or the faults are cleared."""
        try:
            async with asyncio.timeout(seconds):
                await self._released.wait()
        except TimeoutError:
            return
