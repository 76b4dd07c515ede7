"""How does a bot get its updates: by asking, or by a webhook?"""

import re
from collections.abc import Awaitable
from urllib.parse import urlsplit

from bot.sandbox.guard import is_loopback_name
from bot.sandbox.limits import LONG_POLL_SECONDS, UPDATES_AT_ONCE
from bot.sandbox.methods.registry import Context, method
from bot.sandbox.model import Json, Webhook
from bot.sandbox.refusals import bad_request, conflict

SECRET = re.compile(r"[A-Za-z0-9_\-]{1,256}")


@method("getUpdates")
def get_updates(context: Context) -> Awaitable[list[Json]]:
    """Long polling."""
    params = context.params
    _allow(context)
    limit = params.integer("limit", UPDATES_AT_ONCE) or UPDATES_AT_ONCE
    seconds = max(0, min(params.integer("timeout"), LONG_POLL_SECONDS))
    return context.sandbox.updates.poll(context.bot, params.integer("offset"), limit, seconds)


@method("setWebhook")
def set_webhook(context: Context) -> bool:
    """Post updates to an address of this machine. Elsewhere is refused: the sandbox stays local."""
    params, bot = context.params, context.bot
    url = params.text("url").strip()
    if not url:
        delete_webhook(context)
        return True
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback_name(parts.hostname):
        raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")
    secret = params.text("secret_token")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(context)
    bot.webhook = Webhook(url, secret or None, params.integer("max_connections", 40) or 40)
    if params.flag("drop_pending_updates"):
        context.sandbox.updates.drop(bot)
    context.sandbox.save(bot)
    context.sandbox.updates.stop_poller(bot, conflict("terminated by setWebhook request"))
    context.sandbox.updates.wake(bot)
    return True


@method("deleteWebhook")
def delete_webhook(context: Context) -> bool:
    """Go back to long polling."""
    context.bot.webhook = None
    if context.params.flag("drop_pending_updates"):
        context.sandbox.updates.drop(context.bot)
    context.sandbox.save(context.bot)
    return True


@method("getWebhookInfo")
def get_webhook_info(context: Context) -> Json:
    """Where updates go and how many wait."""
    bot = context.bot
    hook = bot.webhook
    body: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(context.sandbox.updates.pending(bot)),
    }
    if hook:
        body |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
        if hook.last_error_date:
            body |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if bot.allowed_updates:
        body["allowed_updates"] = bot.allowed_updates
    return body


def _allow(context: Context) -> None:
    """Remember which kinds the bot wants; a request without the field leaves the earlier choice in force."""
    wanted = context.params.nested("allowed_updates", list, "allowed_updates")
    if wanted is not None and wanted != context.bot.allowed_updates:
        context.bot.allowed_updates = [str(kind) for kind in wanted]
        context.sandbox.save(context.bot)
