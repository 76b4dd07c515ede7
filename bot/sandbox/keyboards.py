"""Is a reply markup one that Telegram would take?"""

from typing import Any

from bot.sandbox.formatted import checked_url
from bot.sandbox.limits import BUTTONS_TOTAL, CALLBACK_DATA_BYTES, COPY_TEXT_UNITS, utf16_units
from bot.sandbox.model import Json
from bot.sandbox.params import Params
from bot.sandbox.refusals import Refusal, bad_request

BUTTON_KINDS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip
STYLES = frozenset({"danger", "success", "primary"})


def read_markup(params: Params, *, private: bool) -> Json | None:
    """The `reply_markup` of a request. Raises `Refusal` 400. A custom keyboard is accepted in private chats only."""
    markup = params.nested("reply_markup", dict, "reply markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = _inline_rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    for name in ("force_reply", "remove_keyboard"):
        if name in markup and not isinstance(markup[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if "keyboard" in markup and not isinstance(markup["keyboard"], list):
        raise bad_request('field "keyboard" must be of type Array')
    if not private:
        raise (
            bad_request("reply keyboards are not allowed in channels")
            if "keyboard" in markup
            else bad_request("inline keyboard expected")
        )
    return {name: markup[name] for name in markup}


def inline_only(params: Params) -> Json | None:
    """The `reply_markup` of an edit, which may be an inline keyboard only."""
    markup = read_markup(params, private=True)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _inline_rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    checked: list[list[Json]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" must be an Array of Arrays')
        if row:
            checked.append([inline_button(button) for button in row])
    if sum(len(row) for row in checked) > BUTTONS_TOTAL:
        raise bad_request("reply markup is too long")
    return checked


def _button_error(reason: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def inline_button(button: Any, *, rich: bool = False) -> Json:
    """A button under a message, or (`rich`) inside one. Raises `Refusal` 400."""
    if not isinstance(button, dict):
        raise _button_error("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _button_error('Can\'t find field "text"')
    if not str(button["text"]).strip():
        raise bad_request("button text must be non-empty")
    kinds = [kind for kind in BUTTON_KINDS if button.get(kind) not in (None, "", False)]
    if "switch_inline_query" in button or "switch_inline_query_current_chat" in button:
        kinds.append("switch")
    if not kinds:
        raise _button_error("Text buttons are unallowed in the inline keyboard")
    if button.get("style") not in ({None, *STYLES, "link"} if rich else {None, *STYLES}):
        raise _button_error("invalid button style specified")
    _check_kind(button, kinds[0])
    return dict(button)


def _check_kind(button: Json, kind: str) -> None:
    if kind == "callback_data" and not 1 <= len(str(button[kind]).encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "url":
        url = str(button["url"])
        if checked_url(url) is None:
            reason = "Unsupported URL protocol" if "://" in url else "Wrong HTTP URL"
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
    if kind == "web_app":
        url = str(button["web_app"].get("url", "")) if isinstance(button["web_app"], dict) else ""
        if not url.startswith("https://"):
            raise bad_request(
                f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
            )
    if kind == "copy_text" and not 1 <= utf16_units(str(button[kind].get("text", ""))) <= COPY_TEXT_UNITS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if kind in {"pay", "callback_game"}:
        raise bad_request("BUTTON_TYPE_INVALID")
