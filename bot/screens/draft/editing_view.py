"""How is a new text asked for? For all platforms at once, or for one of them, with what it says now."""

from bot.i18n import Translator
from bot.screens.draft import callbacks as cb
from bot.ui import format as fmt
from bot.ui.form import question
from bot.ui.keyboard import button, grid
from bot.ui.screen import Screen
from core.content.queries import CardView


def ask_for_text(card: CardView, t: Translator) -> Screen:
    """Ask for the text of all platforms; each has a button of its own, where there are several."""
    ids = {"content": card.content_id, "version": card.version}
    several = len(card.channels) > 1
    only = [
        button(
            t.label("draft-edit-only", platform=channel.platform_title),
            cb.EditFor.model_validate(ids | {"platform": channel.platform}),
        )
        for channel in card.channels
        if several
    ]
    key = "draft-ask-edit-all" if several else "draft-ask-edit"
    return question(
        t, t(key, number=str(card.number)), *grid(only, 2), cancel=cb.OpenCard(content=card.content_id)
    )


def ask_for_platform(card: CardView, platform: str, t: Translator) -> Screen:
    """Ask for the text of ``platform``; where it has words of its own, the common text can come back."""
    position, channel = next(
        (position, channel) for position, channel in enumerate(card.channels) if channel.platform == platform
    )
    common = cb.CommonText(content=card.content_id, version=card.version, platform=platform)
    text = t(
        "draft-ask-edit-only",
        number=str(card.number),
        platform=channel.platform_title,
        name=fmt.short(channel.name, 40),
    )
    return question(
        t,
        text,
        [button(t.label("draft-edit-common"), common) if channel.own_text else None],
        cancel=cb.OpenCard(content=card.content_id, tab=position),
    )
