"""Which ways are there to rewrite a post, what is each called in the books, and when does one make no sense?"""

from enum import StrEnum


class Tool(StrEnum):
    """A way to rewrite; names the instruction in prompts/tools.yaml and the locale text `rewrite-<tool>`."""

    SHORTER = "shorter"
    LONGER = "longer"
    IMPROVE = "improve"
    FRIENDLIER = "friendlier"
    FORMAL = "formal"
    BOLDER = "bolder"
    CALMER = "calmer"
    PLAYFUL = "playful"
    TONE = "tone"  # in the owner's own words
    EMOJI_MORE = "emoji-more"
    EMOJI_FEWER = "emoji-fewer"
    EMOJI_NONE = "emoji-none"
    THREAD_EDUCATIONAL = "thread-educational"
    THREAD_STORY = "thread-story"
    THREAD_ANNOUNCEMENT = "thread-announcement"
    THREAD_LIST = "thread-list"
    TRANSLATE = "translate"  # into a language that the owner names
    TO_RUSSIAN = "to-ru"
    TO_ENGLISH = "to-en"


TONES = (Tool.FRIENDLIER, Tool.FORMAL, Tool.BOLDER, Tool.CALMER, Tool.PLAYFUL)
EMOJI = (Tool.EMOJI_MORE, Tool.EMOJI_FEWER, Tool.EMOJI_NONE)
THREADS = (Tool.THREAD_EDUCATIONAL, Tool.THREAD_STORY, Tool.THREAD_ANNOUNCEMENT, Tool.THREAD_LIST)
TRANSLATIONS = (Tool.TO_RUSSIAN, Tool.TO_ENGLISH)
LANGUAGES = {Tool.TO_RUSSIAN: "ru", Tool.TO_ENGLISH: "en"}

MOST = 12_000  # characters; more than that is rewritten by hand
_SHORTENED_FROM, _LENGTHENED_TO, _THREAD_FROM, HEADLINES_FROM = 80, 3_500, 200, 40  # characters of the text


class Unfit(StrEnum):
    """Why a tool is of no use for a text; names the locale text `rewrite-unfit-<reason>`."""

    EMPTY = "empty"
    TOO_LONG = "too-long"  # for any rewriting in one call
    SHORT_ALREADY = "short-already"
    LONG_ALREADY = "long-already"
    TOO_LITTLE = "too-little"  # for a thread
    NO_HEADLINE = "no-headline"  # so short that the text is its own headline


def purpose_of(tool: Tool) -> str:
    """Return what `ai_usage` keeps as the request's type."""
    if tool in TONES:
        return Tool.TONE.value
    if tool in EMOJI:
        return "emoji"
    if tool in THREADS:
        return "thread"
    return Tool.TRANSLATE.value if tool in TRANSLATIONS else tool.value


def unfit(tool: Tool, text: str) -> Unfit | None:
    """Return why ``tool`` is of no use for ``text``, None when it is."""
    length = len(text.strip())
    if not length:
        return Unfit.EMPTY
    if length > MOST:
        return Unfit.TOO_LONG
    if tool is Tool.SHORTER and length < _SHORTENED_FROM:
        return Unfit.SHORT_ALREADY
    if tool is Tool.LONGER and length > _LENGTHENED_TO:
        return Unfit.LONG_ALREADY
    if tool in THREADS and length < _THREAD_FROM:
        return Unfit.TOO_LITTLE
    return None


def unfit_for_headlines(text: str) -> Unfit | None:
    """Return why ``text`` gets no headline, None when it may."""
    length = len(text.strip())
    if not length:
        return Unfit.EMPTY
    if length > MOST:
        return Unfit.TOO_LONG
    return Unfit.NO_HEADLINE if length < HEADLINES_FROM else None
