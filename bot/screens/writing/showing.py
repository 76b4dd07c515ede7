"""How does the owner see a text grow? As Telegram's own growing draft, or else in the progress message, edited.

Telegram's draft lives for half a minute and vanishes when a message comes, which the card does in the end. Where the
Bot API does not know the method, or refuses it, the progress message itself grows.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import structlog
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest, TelegramNotFound

from bot.context import Context
from bot.screens.writing.view import so_far, tail
from bot.ui.formatted import TEXT_LIMIT, Formatted
from bot.ui.screen import Screen, edit
from bot.writings import Writing

log = structlog.get_logger(__name__)

_DRAFT_EVERY, _EDIT_EVERY = 1.0, 1.5  # seconds between two updates: what one chat is asked to take
_DRAFT_LIVES = 20.0  # seconds after which an unchanged draft is sent again; Telegram drops it after 30
_STAND_IN = "telegram"  # whose rendering a growing text is shown in
_REFUSED = (TelegramBadRequest, TelegramNotFound)

Draw = Callable[[Formatted], Screen]


class Showing:
    """One text on its way into the chat. ``draw`` makes the progress message out of what there is so far."""

    def __init__(self, ctx: Context, writing: Writing, progress_id: int | None, draw: Draw) -> None:
        self._ctx, self._writing, self._draw = ctx, writing, draw
        self._text = ""
        self._grown = asyncio.Event()
        self.progress_id = progress_id
        self.as_draft = False  # a draft of Telegram's hangs in the chat and wants a message after it

    def hear(self, text: str) -> None:
        """Take the text as it is now; it is shown when its turn comes."""
        self._text = text
        self._grown.set()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Show what is heard while the body runs."""
        try:
            async with asyncio.TaskGroup() as group:
                pump = group.create_task(self._pump())
                try:
                    yield
                finally:
                    pump.cancel()
        except BaseExceptionGroup as errors:
            # The pump keeps its failures to itself, so this is the body's own error.
            raise errors.exceptions[0] from errors.exceptions[0].__cause__

    async def _pump(self) -> None:
        self.as_draft = not self._ctx.writings.drafts_refused and await self._send_draft(Formatted())
        while self._writing.ending is None:
            try:
                async with asyncio.timeout(_DRAFT_LIVES if self.as_draft else None):
                    await self._grown.wait()
            except TimeoutError:
                log.debug("draft_kept_alive", draft_id=self._writing.draft_id)
            self._grown.clear()
            await self._show()
            await asyncio.sleep(_DRAFT_EVERY if self.as_draft else _EDIT_EVERY)

    async def _show(self) -> None:
        text = so_far(self._text, self._ctx.runtime.platforms.get(_STAND_IN))
        if self.as_draft and await self._send_draft(tail(text, TEXT_LIMIT)):
            return
        if self._writing.ending is not None or self.progress_id is None or not text.text:
            return
        try:
            self.progress_id = await edit(
                self._ctx.bot, self._ctx.chat_id, self.progress_id, self._draw(text)
            )
        except (TelegramAPIError, ClientDecodeError) as error:
            log.info("growing_text_not_shown", reason=error.message)

    async def _send_draft(self, text: Formatted) -> bool:
        """Send the draft; an empty one says that the bot is thinking. False when drafts are of no use here."""
        try:
            await self._ctx.bot.send_message_draft(
                self._ctx.chat_id,
                self._writing.draft_id,
                text=text.text,
                entities=list(text.entities),
                parse_mode=None,
                can_stop=True,
                keep_on_stop=True,
            )
        except _REFUSED as error:
            log.info("drafts_refused", reason=error.message)
            self._ctx.writings.drafts_refused = True
            return False
        except (TelegramAPIError, ClientDecodeError) as error:
            log.info(
                "growing_draft_not_sent", reason=error.message
            )  # in passing: the next one may come through
            return True
        return True
