"""Where does a draft's card stand? It is drawn, redrawn in place, or set anew under its preview."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.context import Context
from bot.i18n import Translator, translator
from bot.screens.draft.checks import load_checks
from bot.screens.draft.forecast import load_forecasts
from bot.screens.draft.preview import send_preview
from bot.screens.draft.view import CardModel, card_screen
from bot.ui.screen import edit, retire, send
from core.chats import service as chats
from core.content import queries
from core.content import service as content
from core.content.models import ContentCard
from core.content.queries import CardView
from core.platforms.base import Post, Rendering
from core.publications.models import PublicationStatus
from core.runtime import Runtime
from core.settings import service as settings

log = structlog.get_logger(__name__)

_STAND_IN = "telegram"  # whose rendering is shown while a product has no channel


@dataclass(frozen=True, slots=True)
class Place:
    """A chat and how to speak in it."""

    runtime: Runtime
    bot: Bot
    t: Translator
    zone: tzinfo
    chat_id: int

    @property
    def now(self) -> datetime:
        """The current moment (UTC)."""
        return self.runtime.clock.now()


def place_of(ctx: Context) -> Place:
    """Return the place a conversation happens in."""
    return Place(ctx.runtime, ctx.bot, ctx.t, ctx.zone, ctx.chat_id)


async def send_card(place: Place, content_id: uuid.UUID, *, notice: str = "", tab: int = 0) -> None:
    """Set the card, and the preview above it, at the bottom of the chat; the old ones are taken away.

    Raises ``NotFound``.
    """
    model, _ = await _load(place, content_id, tab)
    previews: list[int] = []
    if model.preview_is_separate:
        previews, failure = await send_preview(
            place.bot, place.chat_id, model.parts, place.runtime.media, model.marks
        )
        if failure:
            said = place.t("draft-preview-failed", reason=failure)
            notice = f"{notice}\n{said}" if notice else said
    message = await send(place.bot, place.chat_id, card_screen(model, place.t, notice))
    before = await _remember(place, model.card, message.message_id, previews)
    if before is not None:
        for message_id in [before.message_id, *before.preview_message_ids]:
            await retire(place.bot, place.chat_id, message_id)


async def redraw_card(
    place: Place,
    content_id: uuid.UUID,
    *,
    notice: str = "",
    tab: int = 0,
    more: bool = False,
    message_id: int | None = None,
) -> None:
    """Redraw the card where it stands (``message_id``, or where it is known to); sends it where it cannot be edited.

    ``more`` opens its second keyboard. A preview with media is a message of its own and shows one version: when that has changed, both are set anew.
    """
    model, old = await _load(place, content_id, tab)
    model = replace(model, more=more)
    standing = message_id or (old.message_id if old else None)
    changed = old is not None and old.version != model.card.version
    has_previews = old is not None and bool(old.preview_message_ids)
    # A tap on an older message would put the card above its own preview.
    above = old is not None and standing is not None and standing < max(old.preview_message_ids, default=0)
    if (
        standing is None
        or above
        or (model.preview_is_separate and not has_previews)
        or (changed and has_previews)
    ):
        await send_card(place, content_id, notice=notice, tab=tab)
        if above and standing is not None:
            await retire(place.bot, place.chat_id, standing)
        return
    now_at = await edit(place.bot, place.chat_id, standing, card_screen(model, place.t, notice))
    previews = old.preview_message_ids if old else []
    before = await _remember(place, model.card, now_at, previews, old.message_id if old else None)
    if before is not None and before.message_id != now_at:
        # The card has moved, e.g. from the question it had become to the answer below it. Where somebody else has set
        # it anew meanwhile, that one counts, and this one goes.
        await retire(place.bot, place.chat_id, before.message_id if before.moved else now_at)


async def redraw_everywhere(runtime: Runtime, bot: Bot, content_id: uuid.UUID) -> None:
    """Redraw the card in every chat where it stands, after something happened without a tap."""
    async with runtime.unit_of_work() as session:
        known = await content.cards_of(session, content_id)
        general = await settings.get(session, settings.General)
        languages = {card.chat_id: await chats.get(session, card.chat_id) for card in known}
    for card in known:
        chat = languages[card.chat_id]
        t = translator((chat.language if chat else None) or general.language)
        try:
            await redraw_card(Place(runtime, bot, t, general.zone, card.chat_id), content_id)
        except (TelegramAPIError, ClientDecodeError) as error:
            # A card is a convenience: the notification itself has been delivered.
            log.warning("card_not_redrawn", chat_id=card.chat_id, reason=error.message)


async def load_model(place: Place, content_id: uuid.UUID, tab: int = 0) -> CardModel:
    """Load what the card shows. Raises ``NotFound``."""
    model, _ = await _load(place, content_id, tab)
    return model


async def _load(place: Place, content_id: uuid.UUID, tab: int) -> tuple[CardModel, ContentCard | None]:
    async with place.runtime.unit_of_work() as session:
        card = await queries.card(session, content_id, place.runtime.platforms)
        known = await content.cards_of(session, content_id)
        publishing = await settings.get(session, settings.Publishing)
    preview = None if card.channels else _stand_in(place.runtime, card)
    forecasts = await load_forecasts(place.runtime, card)
    checks = await load_checks(place.runtime, card, preview)
    old = next((row for row in known if row.chat_id == place.chat_id), None)
    model = CardModel(
        card=card,
        zone=place.zone,
        now=place.now,
        preview=preview,
        tab=tab,
        undo_open=_undo_open(card, place.now),
        usual=publishing.default_scheduling,
        forecasts=forecasts,
        checks=checks,
    )
    return model, old


def _stand_in(runtime: Runtime, card: CardView) -> Rendering | None:
    platform = runtime.platforms.get(_STAND_IN)
    return platform.render(Post(text=card.text, media=card.media), {}) if platform else None


def _undo_open(card: CardView, now: datetime) -> bool:
    """Tell whether a "publish now" is still in its undo window."""
    return any(
        channel.publication_mode == "now"
        and channel.publication_status is PublicationStatus.SCHEDULED
        and channel.scheduled_at is not None
        and channel.scheduled_at > now
        for channel in card.channels
    )


async def _remember(
    place: Place,
    card: CardView,
    message_id: int,
    previews: Sequence[int],
    unless_moved_from: int | None = None,
) -> content.Standing | None:
    async with place.runtime.unit_of_work() as session:
        return await content.save_card(
            session,
            card.content_id,
            chat_id=place.chat_id,
            message_id=message_id,
            preview_message_ids=previews,
            version=card.version,
            unless_moved_from=unless_moved_from,
        )
