"""How does a bot change what it wrote?"""

from bot.sandbox.keyboards import inline_only
from bot.sandbox.methods.content import read_caption, read_text
from bot.sandbox.methods.media import KINDS, attach, input_caption
from bot.sandbox.methods.registry import Context, method
from bot.sandbox.model import Json, Post
from bot.sandbox.posting import changed, find_chat
from bot.sandbox.refusals import NOT_MODIFIED, bad_request
from bot.sandbox.rendering import has_right, message_body
from bot.sandbox.rich import read_rich

CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


@method("editMessageText")
def edit_message_text(context: Context) -> Json:
    """Another text or rich message, and keyboard."""
    post = _editable(context)
    if post.media is not None:
        raise bad_request("there is no text in the message to edit")
    kept = {
        name: value
        for name, value in post.content.items()
        if name not in {"text", "entities", "link_preview_options", "rich_message"}
    }
    params = context.params
    if params.has("rich_message") and params.has("text"):
        raise bad_request("text and rich_message can't be specified simultaneously")
    new = read_rich(params) if params.has("rich_message") else read_text(params)
    return _apply(context, post, kept | new, post.media)


@method("editMessageCaption")
def edit_message_caption(context: Context) -> Json:
    """Another caption and keyboard."""
    post = _editable(context)
    if post.media is None:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in post.content.items() if name not in CAPTION_FIELDS}
    return _apply(context, post, kept | read_caption(context.params), post.media)


@method("editMessageMedia")
def edit_message_media(context: Context) -> Json:
    """Another file, caption and keyboard; within an album the kind stays compatible."""
    post = _editable(context)
    item = context.params.nested("media", dict, "media")
    if not item or item.get("type") not in KINDS:
        raise bad_request("can't parse InputMedia: type must be specified")
    group = post.content.get("media_group_id")
    if (
        group
        and post.media
        and {item["type"], post.media["kind"]} - {"photo", "video"}
        and item["type"] != post.media["kind"]
    ):
        raise bad_request("Can't use the media of the specified type in the album")
    content = input_caption(item)
    if group:
        content["media_group_id"] = group
    return _apply(context, post, content, attach(context, item["type"], item.get("media"), item))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(context: Context) -> Json:
    """Another keyboard under the same content."""
    post = _editable(context)
    return _apply(context, post, post.content, post.media)


def _editable(context: Context) -> Post:
    params, sandbox, bot = context.params, context.sandbox, context.bot
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message_id = params.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    chat = find_chat(sandbox, bot, params.fields.get("chat_id"))
    post = sandbox.post(chat, message_id)
    member = chat.private or str(bot.id) in chat.admins
    if post is None or not member:
        raise bad_request("message to edit not found")
    own = post.author == bot.id
    allowed = (
        own if chat.private else has_right(chat, bot, "can_post_messages" if own else "can_edit_messages")
    )
    # A message that brought a custom keyboard cannot be edited, and neither can a forward or a note about a pin.
    other_keyboard = post.markup is not None and "inline_keyboard" not in post.markup
    if not allowed or other_keyboard or "forward_origin" in post.content or post.pinned_message is not None:
        raise bad_request("message can't be edited")
    return post


def _apply(context: Context, post: Post, content: Json, media: Json | None) -> Json:
    """Store the new state. A keyboard that is not sent again is taken away, as Telegram has it."""
    markup = inline_only(context.params)
    if (content, media, markup) == (post.content, post.media, post.markup):
        raise bad_request(NOT_MODIFIED)
    same = (content, media) == (post.content, post.media)
    post.content, post.media, post.markup = content, media, markup
    changed(context.sandbox, post, context.bot.id, content_changed=not same)
    return message_body(context.sandbox, post, context.bot.id)
