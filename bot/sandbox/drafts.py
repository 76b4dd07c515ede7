"""What becomes of a message that is still being written? It grows before its reader, who may stop it, and then it goes."""

from bot.sandbox.model import Chat, Draft
from bot.sandbox.posting import seen_by_page
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import chat_body
from bot.sandbox.state import Sandbox


def grow_draft(sandbox: Sandbox, chat: Chat, draft: Draft) -> None:
    """Show the draft as it is now. One that the reader has stopped does not grow any more."""
    known = sandbox.drafts.get((chat.key, draft.draft_id))
    if known is not None and known.stopped:
        return
    sandbox.drafts[(chat.key, draft.draft_id)] = draft
    _show(sandbox, chat, draft)


def stop_draft(sandbox: Sandbox, chat: Chat, draft_id: int) -> None:
    """The reader presses the stop button under the draft. Raises `Refusal` 400 when there is none."""
    draft = sandbox.drafts.get((chat.key, draft_id))
    bot = sandbox.bots.get(chat.bot_id or 0)
    if draft is None or bot is None or not draft.can_stop:
        raise bad_request("DRAFT_ID_INVALID")
    if draft.stopped:
        return
    draft.stopped = True
    body = {"chat": chat_body(sandbox, chat), "draft_id": draft_id}
    sandbox.updates.add(bot, "stopped_message_generation", body)
    if draft.keep_on_stop:
        _show(sandbox, chat, draft)
    elif seen_by_page(sandbox, chat):
        sandbox.live.push("draft_gone", chat.id, draft_id=draft_id)


def _show(sandbox: Sandbox, chat: Chat, draft: Draft) -> None:
    if seen_by_page(sandbox, chat):
        sandbox.live.push(
            "draft",
            chat.id,
            draft_id=draft.draft_id,
            text=draft.text,
            entities=draft.entities,
            can_stop=draft.can_stop and not draft.stopped,
        )
