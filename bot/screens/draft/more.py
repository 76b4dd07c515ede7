"""Which buttons does the card's second keyboard have? What is done with a draft now and then."""

from aiogram.types import InlineKeyboardMarkup

from bot.i18n import Translator
from bot.screens.draft import callbacks as cb
from bot.screens.repeat.callbacks import AskRepeat
from bot.screens.versions.callbacks import OpenVersions
from bot.ui.keyboard import button, copy, keyboard
from core.content.models import ContentStatus
from core.content.queries import CardView


def more_keyboard(card: CardView, t: Translator, *, tab: int, shown: str) -> InlineKeyboardMarkup | None:
    """Return the second keyboard; ``shown`` is the text of the preview, for the clipboard."""
    ids = {"content": card.content_id, "version": card.version}
    alive = card.status is not ContentStatus.ARCHIVED
    waits = alive and card.status is not ContentStatus.PUBLISHED
    mine = waits and card.idea and card.made_by != "owner"
    return keyboard(
        [
            button(t.label("draft-versions", n=card.version), OpenVersions(content=card.content_id)),
            button(t.label("draft-save-template"), cb.SaveTemplate.model_validate(ids))
            if alive and card.text.strip()
            else None,
        ],
        [
            button(t.label("draft-duplicate"), cb.Duplicate.model_validate(ids)),
            copy(t.label("draft-copy"), shown),
        ],
        [
            button(t.label("draft-repeat"), AskRepeat.model_validate(ids))
            if alive and not card.blocked and card.outlets
            else None
        ],
        [button(t.label("draft-mine"), cb.UseMine.model_validate(ids)) if mine else None],
        [
            button(t.label("draft-reject"), cb.Reject.model_validate(ids)) if waits else None,
            button(t.label("draft-delete"), cb.Delete.model_validate(ids)) if alive else None,
        ],
        [button(t.label("ui-back"), cb.OpenCard(content=card.content_id, tab=tab))],
    )
