"""How is a setting changed? In its group, with what has to follow: the menu's language, the news that waits."""

from typing import Any

from bot.commands import set_commands
from bot.context import Context
from bot.i18n import translator
from bot.screens.settings.fields import Code, Spec
from bot.screens.settings.loading import home_of
from bot.screens.settings.words import name_of, said
from bot.ui import rich
from bot.ui.screen import Screen
from core.chats import service as chats
from core.notifications import service as notifications
from core.settings import service as settings

_RELEASING = frozenset({Code.NEWS_QUIET, Code.ZONE})  # after these the end of quiet hours is another


async def save(ctx: Context, code: Code, spec: Spec, value: Any) -> Screen:
    """Store the value and return the screen that shows it, with what has been done above it."""
    fields = spec.stored(value)
    async with ctx.runtime.unit_of_work() as session:
        if spec.part is not None:
            await settings.change_notifications(session, **fields)
        else:
            await settings.change(session, spec.group, **fields)
        if code in _RELEASING:
            await notifications.release(session)
        if code is Code.LANGUAGE:
            await chats.remember(session, ctx.chat_id, language=value)
    if code is Code.LANGUAGE:
        ctx = ctx.speaking(translator(value))
        await set_commands(ctx.bot, ctx.chat_id, value)
    if code is Code.TABLES:
        rich.want(value)
    notice = ctx.t("settings-saved", name=name_of(ctx.t, code), value=said(ctx.t, code, spec, value, ctx.now))
    return (await home_of(ctx, code)).noticed(notice)
