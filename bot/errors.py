"""What does the owner read when something fails? One table from error to reply; never a traceback."""

import secrets

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramForbiddenError
from aiogram.types import ErrorEvent, Update, User

from bot.i18n import Markup, Translator, language_of, translator
from bot.replies import Refusal
from bot.screens.home.callbacks import Home
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen, send
from core import outage
from core.chats import service as chats
from core.errors import Actor, NexusError
from core.runtime import Runtime

log = structlog.get_logger(__name__)


def reply_to(t: Translator, error: NexusError) -> Markup:
    """Return the text for a deliberate error: of its own class, or of the nearest base class that has one."""
    values = {name: value for name, value in error.params.items() if isinstance(value, str | int | float)}
    if isinstance(error, Refusal):
        return t(error.key, **values)
    for ancestor in type(error).__mro__:
        key = f"error-{getattr(ancestor, 'code', '')}"
        exact = f"{key}-{error.params.get('reason')}"  # said in the owner's language, not in the log's
        if t.has(exact):
            return t(exact, **values)
        if t.has(key):
            return t(key, **(values | {"reason": str(error)}))
    return t("error-internal", reference="–")


async def on_error(event: ErrorEvent, runtime: Runtime, bot: Bot, **data: object) -> bool:
    """Answer a failed update. Returns True: the error has been dealt with."""
    error = event.exception
    user = _user_of(event.update)
    if (
        user is None or user.id not in runtime.settings.telegram_owner_ids
    ):  # a stranger learns nothing of errors
        log.error("update_failed", update_id=event.update.update_id, exc_info=error)
        return True
    if isinstance(error, TelegramForbiddenError):  # the owner blocked the bot while it was answering
        async with runtime.unit_of_work() as session:
            await chats.remember(session, user.id, blocked_at=runtime.clock.now())
        log.warning("chat_blocked", chat_id=user.id)
        return True
    t = _translator(data, user)
    if isinstance(error, NexusError) and error.actor is not Actor.US:
        log.info("refused", error=type(error).__name__, reason=str(error))
        text = reply_to(t, error)
    elif outage.is_away(error):
        log.error("update_not_handled", update_id=event.update.update_id, exc_info=error)
        text = t("error-unavailable")
    else:
        reference = secrets.token_hex(4)
        log.error("update_failed", update_id=event.update.update_id, reference=reference, exc_info=error)
        text = t("error-internal", reference=reference)
    screen = Screen.of(text, keyboard([button(t.label("ui-home"), Home())]))
    try:
        await send(bot, user.id, screen)
    except (TelegramAPIError, ClientDecodeError) as failure:
        log.error("error_reply_not_sent", chat_id=user.id, reason=failure.message)
    return True


def _translator(data: dict[str, object], user: User) -> Translator:
    found = getattr(data.get("ctx"), "t", None)
    return found if isinstance(found, Translator) else translator(language_of(user.language_code))


def _user_of(update: Update) -> User | None:
    if update.callback_query is not None:
        return update.callback_query.from_user
    message = update.message or update.edited_message
    return message.from_user if message is not None else None
