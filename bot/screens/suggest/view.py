"""What do the suggestions look like? One line each with its reason, the button that does it, and "not now"."""

import uuid
from collections.abc import Mapping, Sequence

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.analytics.words import difference, trait_name
from bot.screens.draft.callbacks import SendCard
from bot.screens.drafts.callbacks import OpenDrafts
from bot.screens.home.callbacks import Home
from bot.screens.suggest import callbacks as cb
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from bot.ui.form import question
from bot.ui.keyboard import Row, button, keyboard
from bot.ui.screen import Screen
from core.analytics.suggestions import Suggestion, SuggestionKind
from core.templates.kinds import PostKind

_KINDS = frozenset(PostKind)


def suggestions(
    product_id: uuid.UUID, name: str, found: Sequence[Suggestion], titles: Mapping[str, str], t: Translator
) -> Screen:
    """Draw the hints; ``titles`` are the names of the platforms."""
    refresh = button(t.label("ui-refresh"), cb.OpenSuggestions(product=product_id))
    home = button(t.label("ui-home"), Home())
    title = t("suggest-title", name=fmt.short(name, 100))
    if not found:
        return Screen.of(f"{title}\n\n{t('suggest-empty')}", keyboard([refresh, home]))
    lines = [f"<b>{place}.</b> {line(item, titles, t)}" for place, item in enumerate(found, start=1)]
    rows: list[Row] = [
        [_deed(place, item, t), _not_now(item, t)] for place, item in enumerate(found, start=1)
    ]
    return Screen.of("\n\n".join([title, *lines]), keyboard(*rows, [refresh, home]))


def line(item: Suggestion, titles: Mapping[str, str], t: Translator) -> Markup:
    """Say one hint with its reason."""
    values: dict[str, str | int] = {}
    match item.kind:
        case SuggestionKind.MILESTONE_FOLLOWERS:
            values = {
                "n": fmt.number(t, item.n),
                "target": fmt.number(t, item.target),
                "platform": titles.get(item.platform or "", item.platform or ""),
            }
        case SuggestionKind.MILESTONE_POSTS:
            values = {"n": item.n, "left": item.target - item.n, "target": fmt.number(t, item.target)}
        case SuggestionKind.DRAFTS_WAITING:
            values = {"n": item.n, "days": item.days}
        case SuggestionKind.GAP:
            values = {"kind": _kind(item, t), "days": item.days}
        case SuggestionKind.WORKS:
            values = _works(item, titles, t)
        case _:
            values = {"n": item.n}
    return t(f"suggest-line-{item.kind.value}", **values)


def _works(item: Suggestion, titles: Mapping[str, str], t: Translator) -> dict[str, str | int]:
    effect = item.effect
    return {
        "what": trait_name(t, effect.trait, effect.value) if effect else "",
        "change": difference(t, effect.ratio) if effect else "",
        "n": item.n,
        "platform": titles.get(item.platform or "", item.platform or ""),
    }


def _kind(item: Suggestion, t: Translator) -> str:
    return fmt.short(kind_name(t, item.post_kind or ""), 40)


def _deed(place: int, item: Suggestion, t: Translator) -> InlineKeyboardButton:
    """Return the button that does what the hint says."""
    of_product = {"product": item.product_id}
    if item.kind is SuggestionKind.APPROVALS_EXPIRING and item.content_id is not None:
        return button(t.label("suggest-open", place=str(place)), SendCard(content=item.content_id))
    if item.kind is SuggestionKind.DRAFTS_WAITING or (item.kind is SuggestionKind.EMPTY_TOMORROW and item.n):
        return button(t.label("suggest-drafts", place=str(place)), OpenDrafts())
    if item.post_kind in _KINDS:
        label = t.label("suggest-write-kind", place=str(place), kind=_kind(item, t))
        return button(label, cb.AskIdeaOfKind(**of_product, kind=PostKind(item.post_kind or "")))
    return button(t.label("suggest-write", place=str(place)), cb.AskIdea(**of_product))


def _not_now(item: Suggestion, t: Translator) -> InlineKeyboardButton:
    return button(t.label("suggest-not-now"), cb.PutAway(product=item.product_id, mark=item.mark))


def ask_idea(product_id: uuid.UUID, name: str, kind: PostKind | None, t: Translator) -> Screen:
    """Ask what the post shall be about."""
    shown = fmt.short(name, 100)
    text = (
        t("suggest-ask-idea", name=shown)
        if kind is None
        else t("suggest-ask-idea-kind", name=shown, kind=kind_name(t, kind.value))
    )
    return question(t, text, cancel=cb.OpenSuggestions(product=product_id))
