"""How does a bot answer a pressed button, and react to a message?"""

from bot.sandbox.limits import CALLBACK_ANSWER_UNITS, utf16_units
from bot.sandbox.methods.registry import Context, method
from bot.sandbox.posting import find_chat, reacted
from bot.sandbox.refusals import QUERY_TOO_OLD, bad_request

REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


@method("answerCallbackQuery")
def answer_callback_query(context: Context) -> bool:
    """Stop the button's spinner, perhaps with a notice. A query is answered once."""
    params, sandbox = context.params, context.sandbox
    text = params.text("text")
    if utf16_units(text) > CALLBACK_ANSWER_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = params.text("callback_query_id")
    query = sandbox.callbacks.close(query_id, context.bot.id, sandbox.clock())
    if query is None:
        raise bad_request(QUERY_TOO_OLD)
    chat = sandbox.chats[query.chat]
    alert = params.flag("show_alert")
    url = params.text("url") or None
    sandbox.live.push("callback_answer", chat.id, query_id=query_id, text=text, show_alert=alert, url=url)
    return True


@method("setMessageReaction")
def set_message_reaction(context: Context) -> bool:
    """The bot's own reaction; an empty list takes it back."""
    params, sandbox = context.params, context.sandbox
    chat = find_chat(sandbox, context.bot, params.fields.get("chat_id"))
    post = sandbox.post(chat, params.integer("message_id"))
    if post is None:
        raise bad_request("message to react not found")
    wanted = params.nested("reaction", list, "reaction") or []
    emoji = wanted[0].get("emoji") if wanted and isinstance(wanted[0], dict) else None
    if wanted and emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    reacted(sandbox, chat, post, context.bot.id, emoji)
    return True
