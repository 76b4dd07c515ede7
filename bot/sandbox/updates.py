"""Which updates wait for a bot, and who is asking for them?"""

import asyncio
from typing import TYPE_CHECKING, Any

from bot.sandbox.limits import UPDATES_AT_ONCE
from bot.sandbox.model import BotAccount, Json
from bot.sandbox.refusals import Refusal, conflict

if TYPE_CHECKING:
    from bot.sandbox.state import Sandbox

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that a bot gets only when it asks for them by name."""
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Poller:
    """One getUpdates request that waits."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.refusal: Refusal | None = None

    def stop(self, refusal: Refusal) -> None:
        """End the wait with an error."""
        self.refusal = refusal
        self.wake.set()


class Updates:
    """Queues of updates, one for each bot."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._queues: dict[int, dict[int, Json]] = {}
        self._pollers: dict[int, Poller] = {}
        self.arrived = asyncio.Event()
        """Set whenever an update is queued; the webhook sender waits for it."""

    def add(self, bot: BotAccount, kind: str, body: Any) -> int | None:
        """Queue one update and wake who waits. Nothing happens when the bot did not ask for this kind."""
        if bot.allowed_updates is None or not bot.allowed_updates:
            if kind in NOT_BY_DEFAULT:
                return None
        elif kind not in bot.allowed_updates:
            return None
        update_id = bot.next_update_id
        bot.next_update_id += 1
        update = {"update_id": update_id, kind: body}
        self.pending(bot)[update_id] = update
        self._sandbox.storage.put(f"update/{bot.id}/{update_id}", update)
        self._sandbox.save(bot)
        self.wake(bot)
        return update_id

    def add_unparsable(self, bot: BotAccount, chat_id: int) -> int | None:
        """Queue an update from a Bot API newer than any library: a message whose content is of an unknown kind."""
        person = self._sandbox.add_person(chat_id)
        message = {
            "message_id": 1_000_000_000,
            "date": self._sandbox.now(),
            "chat": {"id": chat_id, "type": "private", "first_name": person.first_name},
            "from": person.user(),
            "rich_message": {"blocks": [{"type": "hologram", "depth": "unknown"}]},
        }
        return self.add(bot, "message", message)

    def restore(self, key: str, update: Json) -> None:
        """Put an update back that waited when the sandbox stopped."""
        self._queues.setdefault(int(key.split("/")[1]), {})[update["update_id"]] = update

    def pending(self, bot: BotAccount) -> dict[int, Json]:
        """Updates that were not confirmed, by id."""
        return self._queues.setdefault(bot.id, {})

    def confirm(self, bot: BotAccount, below: int) -> None:
        """Forget every update with an id under `below`."""
        queue = self.pending(bot)
        for update_id in [one for one in queue if one < below]:
            del queue[update_id]
            self._sandbox.storage.put(f"update/{bot.id}/{update_id}", None)

    def drop(self, bot: BotAccount) -> None:
        """Forget everything that waits."""
        self.confirm(bot, bot.next_update_id)

    def wake(self, bot: BotAccount) -> None:
        """Let whoever waits for this bot's updates look again."""
        poller = self._pollers.get(bot.id)
        if poller:
            poller.wake.set()
        self.arrived.set()

    def stop_poller(self, bot: BotAccount, refusal: Refusal) -> None:
        """End the request that waits for this bot's updates, if there is one."""
        poller = self._pollers.pop(bot.id, None)
        if poller:
            poller.stop(refusal)

    async def poll(self, bot: BotAccount, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - the API's word
        """What getUpdates answers: at most `limit` updates, after up to `timeout` seconds when there are none.

        Raises `Refusal` 409 when a webhook is set, or when another request for the same bot takes over.
        """
        if bot.webhook:
            raise conflict(WEBHOOK_ACTIVE)
        self.stop_poller(bot, conflict(OTHER_POLLER))
        queue = self.pending(bot)
        if offset > 0:
            self.confirm(bot, offset)
        elif offset < 0 and queue:
            self.confirm(bot, sorted(queue)[max(0, len(queue) + offset)])
        self._sandbox.storage.commit()
        if not queue and timeout > 0:
            await self._wait(bot, timeout)
        return [queue[one] for one in sorted(queue)[: max(1, min(limit, UPDATES_AT_ONCE))]]

    async def _wait(self, bot: BotAccount, seconds: float) -> None:
        poller = self._pollers[bot.id] = Poller()
        try:
            async with asyncio.timeout(seconds):
                while not self.pending(bot) and poller.refusal is None:
                    poller.wake.clear()
                    await poller.wake.wait()
        except TimeoutError:
            return
        finally:
            if self._pollers.get(bot.id) is poller:
                del self._pollers[bot.id]
        if poller.refusal:
            raise poller.refusal

    def close(self) -> None:
        """End every wait, so that the server can stop."""
        for poller in list(self._pollers.values()):
            poller.wake.set()
            poller.stop(Refusal(500, "Internal Server Error: restart"))
