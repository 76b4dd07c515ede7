"""How do updates reach a bot that set a webhook?"""

import asyncio
import logging
from contextlib import suppress

import aiohttp

from bot.sandbox.model import BotAccount, Webhook
from bot.sandbox.state import Sandbox

log = logging.getLogger(__name__)

ATTEMPT_SECONDS = 10.0
FIRST_RETRY_SECONDS = 0.2
LONGEST_RETRY_SECONDS = 60.0


class WebhookSender:
    """Posts each bot's updates in order; one that is not answered with 2xx is posted again, later each time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._task: asyncio.Task[None] | None = None
        self._due: dict[tuple[int, str], float] = {}
        """When an address may be tried again; another address is tried at once."""

    def start(self) -> None:
        """Begin sending, until `stop`, which also raises what went wrong inside."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="sandbox webhooks")

    async def stop(self) -> None:
        """End sending; what was not delivered waits for the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ATTEMPT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
            while True:
                arrived = self._sandbox.updates.arrived
                arrived.clear()
                now = asyncio.get_running_loop().time()
                waiting = [
                    (bot, self._due.get((bot.id, bot.webhook.url), now))
                    for bot in self._sandbox.bots.values()
                    if bot.webhook and self._sandbox.updates.pending(bot)
                ]
                ready = [bot for bot, due in waiting if due <= now]
                await asyncio.gather(*(self._deliver(session, bot) for bot in ready))
                if ready:
                    continue
                pause = min((due - now for _, due in waiting), default=None)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await arrived.wait()

    async def _deliver(self, session: aiohttp.ClientSession, bot: BotAccount) -> None:
        hook, queue = bot.webhook, self._sandbox.updates.pending(bot)
        if hook is None or not queue:
            return
        update_id = min(queue)
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret_token} if hook.secret_token else {}
        try:
            async with session.post(
                hook.url, json=queue[update_id], headers=headers, allow_redirects=False
            ) as answer:
                error = (
                    None
                    if 200 <= answer.status < 300
                    else f"Wrong response from the webhook: {answer.status} {answer.reason}"
                )
        except (aiohttp.ClientError, TimeoutError) as problem:
            error = f"Connection failed: {type(problem).__name__}"
        self._record(bot, hook, update_id, error)

    def _record(self, bot: BotAccount, hook: Webhook, update_id: int, error: str | None) -> None:
        if error is None:
            hook.failures = 0
            self._due.pop((bot.id, hook.url), None)
            self._sandbox.updates.confirm(bot, update_id + 1)
        else:
            hook.failures += 1
            hook.last_error_date, hook.last_error_message = self._sandbox.now(), error
            pause = min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** min(hook.failures - 1, 12))
            self._due[(bot.id, hook.url)] = asyncio.get_running_loop().time() + pause
            log.warning("webhook of bot %s: %s; again in %.1f s", bot.id, error, pause)
        self._sandbox.save(bot)
        self._sandbox.storage.commit()
