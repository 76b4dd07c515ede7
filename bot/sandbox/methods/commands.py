"""How does a bot fill its command menu and describe itself?"""

import re
from typing import Any

from bot.sandbox.limits import COMMANDS_TOTAL
from bot.sandbox.methods.registry import Context, Method, method
from bot.sandbox.model import BotAccount, Json
from bot.sandbox.refusals import bad_request
from bot.sandbox.state import Sandbox

NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


@method("setMyCommands")
def set_my_commands(context: Context) -> bool:
    """The command list of one scope and language."""
    commands = context.params.nested("commands", list, "commands")
    if commands is None:
        raise bad_request("parameter commands is required")
    if len(commands) > COMMANDS_TOTAL:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(one) for one in commands]
    context.bot.commands[_slot(context)] = checked
    _saved(context)
    return True


@method("getMyCommands")
def get_my_commands(context: Context) -> list[Json]:
    """The list of exactly this scope and language."""
    return context.bot.commands.get(_slot(context), [])


@method("deleteMyCommands")
def delete_my_commands(context: Context) -> bool:
    """Forget the list of one scope and language."""
    context.bot.commands.pop(_slot(context), None)
    _saved(context)
    return True


def commands_for_owner(sandbox: Sandbox, bot: BotAccount) -> list[Json]:
    """The menu that the owner sees: the narrowest scope first, and in it the owner's language first."""
    for scope in (f"chat:{sandbox.owner.id}", "all_private_chats", "default"):
        for language in (sandbox.owner.language_code, ""):
            found = bot.commands.get(f"{scope}/{language}")
            if found:
                return found
    return []


def _saved(context: Context) -> None:
    context.sandbox.save(context.bot)
    if context.bot is context.sandbox.control:
        commands = commands_for_owner(context.sandbox, context.bot)
        context.sandbox.live.push("commands", context.sandbox.owner.id, commands=commands)


def _slot(context: Context) -> str:
    scope: Json = context.params.nested("scope", dict, "BotCommandScope") or {"type": "default"}
    kind = str(scope.get("type") or "")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    where = f"{kind}:{scope['chat_id']}" if scope.get("chat_id") else kind
    return f"{where}/{context.params.text('language_code')}"


def _command(item: Any) -> Json:
    name = str(item.get("command", "")).removeprefix("/") if isinstance(item, dict) else ""
    description = str(item.get("description", "")).strip() if isinstance(item, dict) else ""
    if not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    command: Json = {"command": name, "description": description}
    return command | ({"is_ephemeral": True} if item.get("is_ephemeral") is True else {})


def _text_methods(title: str, field: str, limit: int) -> tuple[Method, Method]:
    def write(context: Context) -> bool:
        value, language = context.params.text(field), context.params.text("language_code")
        if len(value) > limit:
            raise bad_request(f"BOT_{field.upper()}_TOO_LONG")
        context.bot.texts[f"{field}/{language}"] = value
        context.sandbox.save(context.bot)
        return True

    def read(context: Context) -> Json:
        language = context.params.text("language_code")
        default = context.bot.first_name if title == "Name" else ""
        return {
            field: context.bot.texts.get(f"{field}/{language}") or context.bot.texts.get(f"{field}/", default)
        }

    return write, read


for _title, (_field, _limit) in TEXTS.items():
    _write, _read = _text_methods(_title, _field, _limit)
    method(f"setMy{_title}")(_write)
    method(f"getMy{_title}")(_read)


@method("setChatMenuButton")
def set_chat_menu_button(context: Context) -> bool:
    """The button beside the input line."""
    button: Json = context.params.nested("menu_button", dict, "menu button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    context.bot.menu_buttons[context.params.text("chat_id") or "default"] = button
    context.sandbox.save(context.bot)
    return True


@method("getChatMenuButton")
def get_chat_menu_button(context: Context) -> Json:
    """The same button."""
    buttons = context.bot.menu_buttons
    button: Json = (
        buttons.get(context.params.text("chat_id")) or buttons.get("default") or {"type": "commands"}
    )
    return button
