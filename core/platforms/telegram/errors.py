"""What does a refusal by Telegram mean for us? Its descriptions, sorted by who has to act."""

from typing import Any

from core.errors import AuthExpired, PlatformError, Rejected, Transient
from core.platforms.http import Answer, redact

# Parts of descriptions, lower case. The Bot API has no codes beyond the HTTP ones; these texts have been stable.
_CHANNEL_LOST = {
    "chat not found": "chat-not-found",
    "bot was kicked": "bot-removed",
    "bot is not a member": "bot-removed",
    "bot was blocked": "bot-blocked",
    "user is deactivated": "bot-blocked",
    "bot can't initiate conversation": "bot-blocked",
    "bot can't send messages to bots": "chat-not-found",
    "chat_id is empty": "chat-not-found",
    "channel_private": "bot-removed",
    "member list is inaccessible": "bot-removed",
    "group chat was deactivated": "chat-not-found",
}
_RIGHTS_MISSING = (
    "need administrator rights",
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_admin_required",
    "administrator rights",
)
_ALREADY_SO = ("message is not modified",)
_ALREADY_GONE = ("message to delete not found",)


def error_from(answer: Answer, method: str, secrets: tuple[str, ...]) -> PlatformError:
    """The error for an answer that says ``ok: false`` (429 and 5xx never come here)."""
    description = redact(describe(answer), secrets)
    lowered = description.lower()
    params: dict[str, Any] = {"platform": "telegram", "reason": _plain(description)}
    if answer.status in {401, 404}:
        return AuthExpired(
            "Telegram does not know this bot token", error_code="bad-token",
            platform="telegram", reason=_plain(description),
        )  # fmt: skip
    for part, error_code in _CHANNEL_LOST.items():
        if part in lowered:
            return AuthExpired(_plain(description), error_code=error_code, **params)
    if any(part in lowered for part in _RIGHTS_MISSING):
        # Without the right to post the whole channel stands still; any other right concerns this one act.
        kind = AuthExpired if method.startswith("send") else Rejected
        return kind(_plain(description), error_code="rights-missing", **params)
    if answer.status == 403:
        return AuthExpired(_plain(description), error_code="forbidden", **params)
    if answer.status == 409:
        return Transient(_plain(description), error_code="conflict", **params)
    return Rejected(_plain(description), error_code=f"http-{answer.status}", **params)


def not_telegram(answer: Answer) -> PlatformError:
    """The error for a refusal that is not in Telegram's form."""
    if answer.status == 413:
        return Rejected(
            "the files are larger than Telegram takes", error_code="too-large",
            platform="telegram", reason="Request Entity Too Large",
        )  # fmt: skip
    return Rejected(
        f"the address set for Telegram does not answer like Telegram (HTTP {answer.status})",
        error_code="not-telegram", platform="telegram", reason=f"HTTP {answer.status}",
    )  # fmt: skip


def describe(answer: Answer) -> str:
    """Telegram's own words, or the status when there are none."""
    data = answer.data
    description = data.get("description") if isinstance(data, dict) else None
    return str(description)[:500] if description else f"HTTP {answer.status}"


def retry_after(answer: Answer) -> float | None:
    """Seconds to wait, which Telegram puts in the body."""
    seconds = _parameters(answer).get("retry_after")
    return float(seconds) if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None


def migrated_to(answer: Answer) -> int | None:
    """The new id of a group that has become a supergroup."""
    chat_id = _parameters(answer).get("migrate_to_chat_id")
    return chat_id if isinstance(chat_id, int) else None


def is_unchanged(error: PlatformError) -> bool:
    """True when an edit found everything as wanted."""
    return any(part in str(error).lower() for part in _ALREADY_SO)


def is_gone(error: PlatformError) -> bool:
    """True when there was nothing left to delete."""
    return any(part in str(error).lower() for part in _ALREADY_GONE)


def _parameters(answer: Answer) -> dict[str, Any]:
    parameters = answer.data.get("parameters") if isinstance(answer.data, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _plain(description: str) -> str:
    for prefix in ("Bad Request: ", "Forbidden: ", "Unauthorized: ", "Conflict: "):
        description = description.removeprefix(prefix)
    return description
