"""Which addresses does a text hold? Links with or without a scheme, e-mail addresses, handles, hashtags."""

import re
from collections.abc import Iterator

from core.ai.checks.findings import FindingCode
from core.ai.checks.readings import Claim, Token

_I = re.IGNORECASE
_END = r"[^\s<>()\[\]\"'«»“”\x00]"
# Endings of names that people write without a scheme; anything else needs "https://" or "www.".
_ZONES = (
    "com|net|org|info|biz|io|ai|app|dev|co|me|ru|рф|su|by|kz|ua|uz|am|ge|de|uk|eu|fr|it|es|pl|us|tv|gg|ly|shop|store|"
    "online|site|pro|club|tech|xyz|cloud|link|page|team|school|academy|cafe|agency|world|today|news|blog|social|moscow|москва"
)
_LINK = re.compile(
    rf"(?:https?://|www\.|tg://){_END}+|(?<![\w@.-])(?:[\w-]+\.)+(?:{_ZONES})(?![\w-]|\.\w)(?:[/?#]{_END}*)?",
    _I,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+\w{2,}(?!\w)")
_HANDLE = re.compile(r"(?<![\w@/.])@(?:[\w-]+\.)*[\w-]*\w(?:@(?:[\w-]+\.)+\w{2,})?")
_HASHTAG = re.compile(r"(?<![\w&#/])#(?=[\w]*[^\W\d_])[\w]+")
_TRAILING = ".,;:!?…)*_~|'\""
# Sites whose first path segment is somebody's name there.
_OF_PEOPLE = frozenset(
    {"t.me", "x.com", "twitter.com", "instagram.com", "vk.com", "facebook.com", "threads.net"}
)


def addresses_of(text: str) -> Iterator[Claim]:
    """Yield links, e-mail addresses and handles."""
    for match in _EMAIL.finditer(text):
        yield Claim(FindingCode.HANDLE, match.start(), match.end(), frozenset({Token(match[0].casefold())}))
    for match in _LINK.finditer(text):
        shown = match[0].rstrip(_TRAILING)
        if shown:
            yield Claim(FindingCode.LINK, match.start(), match.start() + len(shown), frozenset(link(shown)))
    for match in _HANDLE.finditer(text):
        yield Claim(FindingCode.HANDLE, match.start(), match.end(), frozenset({Token(match[0].casefold())}))


def link(address: str) -> set[Token]:
    """Return how an address may be given: as itself, or as the handle it leads to."""
    plain = normal(address)
    host, _, path = plain.partition("/")
    name = path.partition("/")[0].partition("?")[0]
    if host in _OF_PEOPLE and name and "/" not in path.rstrip("/"):
        return {Token(plain), Token(f"@{name.lstrip('@')}")}
    return {Token(plain)}


def normal(address: str) -> str:
    """Return an address without what makes no difference: the scheme, "www.", case of the host, a slash at the end."""
    plain = address.strip().rstrip(_TRAILING)
    plain = re.sub(r"^(?:https?:)?//", "", plain, flags=_I)
    host, slash, rest = plain.partition("/")
    host = host.casefold().removeprefix("www.")
    return f"{host}{slash}{rest}".rstrip("/")


def hashtags_of(text: str) -> Iterator[re.Match[str]]:
    """Yield hashtags, their sign included; "#5" is a number."""
    yield from _HASHTAG.finditer(text)
