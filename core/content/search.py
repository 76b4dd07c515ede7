"""Which contents hold these words? Full text in Russian and English, beginnings of words, numbers, handles and links."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content.models import Content, ContentStatus, Search
from core.content.rendering import media_of
from core.errors import Stale
from core.products.models import Product
from core.publications.models import Publication
from core.text import markdown
from core.text.plain import one_line

SAID = 200  # characters of what can be searched for
_TERMS = 12  # words looked for; more say nothing new
_TERM = 60  # characters of a word
_KEPT = 100  # searches of a chat whose buttons go on working
_AROUND = 70  # characters shown before and after a hit
_STEM = 3  # letters; a shorter stem is the beginning of everything
_BIGGEST = 2**63 - 1  # a content's number
_APART = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"[^\W_]+")
_RUSSIAN: ColumnElement[Any] = literal_column(
    "'pg_catalog.russian'::regconfig"
)  # takes English stems for Latin words
_SIMPLE: ColumnElement[Any] = literal_column("'pg_catalog.simple'::regconfig")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; ``hit`` when it is what was searched for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A content that was found."""

    content_id: uuid.UUID
    number: int
    product_name: str
    status: ContentStatus
    at: datetime  # when it last went out, else when it last changed
    excerpt: tuple[Piece, ...]
    media: int


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of what was found."""

    items: tuple[Found, ...]
    total: int


def terms_of(said: str) -> list[str]:
    """Return the words to look for: letters and digits only, whatever signs stood around them."""
    plain = said.lower().replace("ё", "е")
    return list(dict.fromkeys(term[:_TERM] for term in _APART.split(plain) if term))[:_TERMS]


async def start(session: AsyncSession, chat_id: int, said: str) -> Search:
    """Note what is searched for; the oldest searches of the chat are forgotten."""
    search = Search(chat_id=chat_id, said=said[:SAID].replace("\0", ""))
    session.add(search)
    await session.flush()
    mine = select(Search.id).where(Search.chat_id == chat_id).order_by(Search.id.desc())
    oldest = mine.offset(_KEPT).limit(1).scalar_subquery()
    await session.execute(delete(Search).where(Search.chat_id == chat_id, Search.id <= oldest))
    return search


async def get(session: AsyncSession, search_id: int, chat_id: int) -> Search:
    """Return a search of this chat. Raises ``Stale`` when it has been forgotten."""
    search = await session.get(Search, search_id)
    if search is None or search.chat_id != chat_id:
        raise Stale("this search has been forgotten", search_id=search_id)
    return search


async def find(session: AsyncSession, search: Search, *, offset: int = 0, limit: int = 6) -> FoundPage:
    """Return what the search finds, the best first, or the newest."""
    terms = terms_of(search.said)
    if not terms:
        return FoundPage((), 0)
    query = _query(terms)
    number = int(terms[0]) if len(terms) == 1 and terms[0].isdecimal() else None
    if number is not None and number > _BIGGEST:
        number = None
    wanted: list[ColumnElement[bool]] = [
        Content.words.op("@@")(query)
        if number is None
        else or_(Content.words.op("@@")(query), Content.number == number)
    ]
    if search.product_id is not None:
        wanted.append(Content.product_id == search.product_id)
    if search.status is not None:
        wanted.append(Content.status == search.status)
    total = await session.scalar(select(func.count()).select_from(Content).where(*wanted)) or 0
    order: list[Any] = [] if search.newest_first else [func.ts_rank(Content.words, query).desc()]
    if number is not None:
        order.insert(0, (Content.number == number).desc())
    rows = await session.execute(
        select(Content, Product.name, _went_out().label("went_out"))
        .join(Product, Product.id == Content.product_id)
        .where(*wanted)
        .order_by(*order, Content.number.desc())
        .offset(offset)
        .limit(limit)
    )
    stems = await _stems(session, terms)
    return FoundPage(tuple(_found(row.Content, row.name, row.went_out, terms, stems) for row in rows), total)


def _query(terms: Sequence[str]) -> ColumnElement[Any]:
    """Every term has to be there: in any of its forms, or as the beginning of a word."""
    whole: ColumnElement[Any] | None = None
    for term in terms:
        begins = f"{term}:*" if len(term) > 1 else term
        one = func.to_tsquery(_RUSSIAN, term).op("||")(func.to_tsquery(_SIMPLE, begins))
        whole = one if whole is None else whole.op("&&")(one)
    assert whole is not None  # noqa: S101  # there is a term at least
    return whole


async def _stems(session: AsyncSession, terms: Sequence[str]) -> list[str]:
    found = await session.scalar(select(func.tsvector_to_array(func.to_tsvector(_RUSSIAN, " ".join(terms)))))
    return [stem for stem in found or [] if len(stem) >= _STEM]


def _went_out() -> ScalarSelect[datetime | None]:
    return (
        select(func.max(Publication.published_at))
        .where(Publication.content_id == Content.id)
        .correlate(Content)
        .scalar_subquery()
    )


def _found(
    content: Content,
    product_name: str,
    went_out: datetime | None,
    terms: Sequence[str],
    stems: Sequence[str],
) -> Found:
    return Found(
        content_id=content.id,
        number=content.number,
        product_name=product_name,
        status=ContentStatus(content.status),
        at=went_out or content.updated_at,
        excerpt=_excerpt(content, [*terms, *stems]),
        media=len(media_of(content)),
    )


def _excerpt(content: Content, beginnings: Sequence[str]) -> tuple[Piece, ...]:
    """The place of the first hit: in the text itself, else in a platform's own, else in the idea."""
    adapted = [own.get("text") for own in content.adapted.values() if isinstance(own, dict)]
    texts = [content.original_text, *(text for text in adapted if isinstance(text, str)), content.idea or ""]
    plain = [one_line(markdown.parse(text).text) for text in texts if text]
    for text in plain:
        hits = _hits(text, beginnings)
        if hits:
            return _cut(text, hits)
    return _cut(plain[0], []) if plain else ()


def _hits(text: str, beginnings: Sequence[str]) -> list[tuple[int, int]]:
    tokens = ((token.start(), token.end()) for token in _TOKEN.finditer(text))
    return [
        (start, end)
        for start, end in tokens
        if text[start:end].lower().replace("ё", "е").startswith(tuple(beginnings))
    ]


def _cut(text: str, hits: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    first = hits[0][0] if hits else 0
    start = max(first - _AROUND, 0)
    end = min(first + 2 * _AROUND, len(text))
    pieces = [Piece("…")] if start else []
    at = start
    for hit_start, hit_end in hits:
        if hit_end > end:
            break
        pieces += [Piece(text[at:hit_start]), Piece(text[hit_start:hit_end], hit=True)]
        at = hit_end
    pieces.append(Piece(text[at:end] + ("…" if end < len(text) else "")))
    return tuple(piece for piece in pieces if piece.text)
