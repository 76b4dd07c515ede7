"""How will a post look in Telegram, and would Telegram take it? Pure: used by the preview and by the publisher."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.platforms.base import Fix, MediaItem, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.telegram import media as files
from core.platforms.telegram.entities import Shaped, shape, tidy
from core.platforms.telegram.options import Options, read_options
from core.text.count import is_visible, utf16_length
from core.text.markdown import parse
from core.text.rich import RichText
from core.text.split import split

TEXT_LIMIT = 4096  # UTF-16 code units, after formatting has become entities
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100  # Telegram silently leaves out those beyond

SLUG = "telegram"


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as the calls that publish it. Never raises for content; findings are in ``problems``."""
    options, problems = read_options(post.options, settings)
    problems += files.check(post.media)
    texts = _texts(post, options, problems)
    caption: RichText | None = None
    if post.media and texts and not _text_below(options, texts[0]):
        caption, texts = texts[0], texts[1:]
    parts: list[Part] = []
    if post.media:
        parts.append(_media_part(post.media, caption or RichText(""), options, problems))
    below = bool(post.media) and caption is None
    for number, text in enumerate(texts):
        # The first text under media stands by itself; further parts of a thread answer its first message.
        answers = bool(parts) and not (below and number == 0)
        parts.append(_text_part(text, options, problems, follows=bool(parts), answers=answers))
    _put_buttons(parts, options, problems)
    if not parts:
        problems.append(Problem("empty", Severity.BLOCKING, fixes=(Fix.EDIT,)))
    return Rendering(SLUG, tuple(parts), tuple(problems))


def _texts(post: Post, options: Options, problems: list[Problem]) -> list[RichText]:
    """The texts to send, tidied; blank ones are left out, and reported where they stand in a thread."""
    texts: list[RichText] = []
    for number, given in enumerate(post.thread or (post.text,), start=1):
        rich = tidy(RichText(given) if options.formatting == "none" else parse(given))
        if not is_visible(rich.text):
            if post.thread:
                problems.append(Problem("empty-part", Severity.BLOCKING, {"part": number}, (Fix.EDIT,)))
            continue
        texts += split(rich, TEXT_LIMIT) if _to_split(post, options, rich, first=not texts) else [rich]
    return texts


def _to_split(post: Post, options: Options, text: RichText, *, first: bool) -> bool:
    as_caption = bool(post.media) and first and not options.text_below
    limit = CAPTION_LIMIT if as_caption else TEXT_LIMIT
    return options.split and utf16_length(text.text) > limit


def _text_below(options: Options, text: RichText) -> bool:
    """Asked for; or, where a long text may be split, the nearest thing to it for a caption."""
    return options.text_below or (options.split and utf16_length(text.text) > CAPTION_LIMIT)


def _media_part(
    media: Sequence[MediaItem], caption: RichText, options: Options, problems: list[Problem]
) -> Part:
    shaped = shape(caption)
    count = utf16_length(shaped.text)
    _check_text(shaped, count, CAPTION_LIMIT, problems)
    described: dict[str, Any] = {}
    if shaped.text:
        described["caption"] = shaped.text
        if shaped.entities:
            described["caption_entities"] = list(shaped.entities)
        if options.caption_above and files.shows_picture(media[0].kind):
            described["show_caption_above_media"] = True
    payload = _common(options, follows=False)
    if len(media) == 1:
        method = files.METHODS[media[0].kind]
        payload |= described | _look(media[0].kind, options)
    else:
        method = "sendMediaGroup"
        payload["media"] = [
            {"type": files.FIELDS[item.kind], **_look(item.kind, options), **(described if first else {})}
            for first, item in ((index == 0, item) for index, item in enumerate(media))
        ]
    return Part(method, payload, shaped.text, count, CAPTION_LIMIT, shaped.entities, tuple(media))


def _text_part(
    text: RichText, options: Options, problems: list[Problem], *, follows: bool, answers: bool
) -> Part:
    shaped = shape(text)
    count = utf16_length(shaped.text)
    _check_text(shaped, count, TEXT_LIMIT, problems)
    payload: dict[str, Any] = {"text": shaped.text}
    if shaped.entities:
        payload["entities"] = list(shaped.entities)
    if options.link_preview:
        off = options.link_preview == "off"
        payload["link_preview_options"] = {"is_disabled": True} if off else {"show_above_text": True}
    payload |= _common(options, follows=follows)
    if answers:
        # The number of the message it answers is known only when that one is out; publishing puts it in.
        payload["reply_parameters"] = {"allow_sending_without_reply": True}
    return Part("sendMessage", payload, shaped.text, count, TEXT_LIMIT, shaped.entities)


def _common(options: Options, *, follows: bool) -> dict[str, Any]:
    payload: dict[str, Any] = {}
    if options.silent or follows:  # one post rings once, however many messages it takes
        payload["disable_notification"] = True
    if options.protect:
        payload["protect_content"] = True
    if options.message_thread_id is not None:
        payload["message_thread_id"] = options.message_thread_id
    return payload


def _look(kind: MediaKind, options: Options) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if options.spoiler and files.shows_picture(kind):
        look["has_spoiler"] = True
    if kind is MediaKind.VIDEO:
        look["supports_streaming"] = True
    return look


def _put_buttons(parts: list[Part], options: Options, problems: list[Problem]) -> None:
    """Buttons belong under the last message; an album cannot carry any."""
    if not options.buttons or not parts:
        return
    last = parts[-1]
    if last.method == "sendMediaGroup":
        fixes = (Fix.TEXT_BELOW, Fix.EDIT) if last.text else (Fix.EDIT,)
        problems.append(Problem("telegram-buttons-album", Severity.BLOCKING, fixes=fixes))
        return
    keyboard = {"inline_keyboard": [[dict(button) for button in row] for row in options.buttons]}
    parts[-1] = Part(
        last.method, {**last.payload, "reply_markup": keyboard}, last.text, last.count, last.limit,
        last.entities, last.media,
    )  # fmt: skip


def _check_text(shaped: Shaped, count: int, limit: int, problems: list[Problem]) -> None:
    if count > limit:
        caption = limit == CAPTION_LIMIT
        problems.append(
            Problem(
                "caption-too-long" if caption else "too-long",
                Severity.BLOCKING,
                {"count": count, "limit": limit, "over": count - limit},
                (Fix.TEXT_BELOW if caption else Fix.SPLIT, Fix.SHORTEN, Fix.EDIT),
            )
        )
    if len(shaped.entities) > ENTITY_LIMIT:
        params = {"count": len(shaped.entities), "limit": ENTITY_LIMIT}
        problems.append(Problem("telegram-too-many-entities", Severity.WARNING, params, (Fix.EDIT,)))
    problems.extend(
        Problem("bad-link", Severity.WARNING, {"address": address[:200]}, (Fix.EDIT,))
        for address in dict.fromkeys(shaped.bad_links)
    )
