"""What does /approve do? It approves drafts by their numbers, if this chat has seen them as they are now."""

import re
import uuid

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.context import Context
from bot.replies import Refusal
from bot.screens.batch import view
from bot.screens.draft.card import place_of, send_card
from bot.ui.screen import show
from core.content import batch
from core.content import service as content
from core.content.models import ContentStatus
from core.errors import NotFound

_NUMBER = re.compile(r"#?(\d{1,9})")
_MOST = 20  # numbers in one command


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="approve")
    screen.message.register(approve, Command("approve"))
    return screen


async def approve(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Approve ``#12 13``. A version nobody has seen in this chat is shown instead: approval is of what was seen."""
    await state.clear()
    numbers = numbers_of(command.args or "")
    seen: dict[uuid.UUID, int] = {}
    unseen: dict[int, uuid.UUID] = {}
    missing: list[str] = []
    async with ctx.runtime.unit_of_work() as session:
        for number in numbers:
            try:
                found = await content.by_number(session, number)
            except NotFound:
                missing.append(f"#{number}")
                continue
            cards = await content.cards_of(session, found.id)
            here = any(card.chat_id == ctx.chat_id and card.version == found.version for card in cards)
            if found.status == ContentStatus.ARCHIVED or not here:
                unseen[found.number] = found.id
            else:
                seen[found.id] = found.version
    if len(unseen) == 1 and not seen and not missing:
        await send_card(place_of(ctx), next(iter(unseen.values())), notice=ctx.t("approve-look-here"))
        return
    if seen:
        async with ctx.runtime.unit_of_work() as session:
            result = await batch.approve_these(
                session, ctx.chat_id, seen, platforms=ctx.runtime.platforms, now=ctx.now
            )
            marks = await batch.ticked(session, ctx.chat_id, approved=True)
        await show(message, ctx.bot, view.approved(result, marks.digest, ctx.t))
    if unseen or missing:
        await show(message, ctx.bot, view.to_look_at(unseen, missing, ctx.t))


def numbers_of(typed: str) -> list[int]:
    """Return the numbers in ``#12, 13 14``, each once. Raises ``Refusal`` with an example."""
    words = typed.replace(",", " ").split()
    matches = [_NUMBER.fullmatch(word) for word in words]
    if not words or len(words) > _MOST or not all(matches):
        raise Refusal("approve-usage")
    return list(dict.fromkeys(int(match[1]) for match in matches if match))
