"""What does the analytics screen show? A period's totals beside the one before, and one section at a time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Markup, Translator
from bot.screens.analytics import callbacks as cb
from bot.screens.analytics import sections
from bot.screens.analytics.callbacks import Period, Section
from bot.screens.analytics.words import difference
from bot.screens.draft.callbacks import SendCard
from bot.screens.home.callbacks import Home
from bot.screens.products.callbacks import AddProduct
from bot.ui import format as fmt
from bot.ui.bars import bars
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.analytics.overview import Overview, Totals

_NAME = 100
_BEST = 3  # posts named beside the totals
_COMPARABLE = 10  # below that a difference in per cent says nothing


@dataclass(frozen=True, slots=True)
class AnalyticsModel:
    """A product's period, and what is shown of it. ``blind`` are the titles of platforms that tell no views."""

    name: str
    period: Period
    section: Section
    found: Overview
    blind: Sequence[str]
    products: int  # how many there are to choose from


def analytics(model: AnalyticsModel, t: Translator) -> Screen:
    """Draw the section."""
    title = t("analytics-title", name=fmt.short(model.name, _NAME), days=int(model.period.value))
    if not model.found.now.publications and not model.found.before.publications:
        return Screen.of(f"{title}\n\n{t('analytics-empty')}", keyboard(*_rows(model, t, bare=True)))
    if model.section is Section.TOTALS:
        return Screen.of(f"{title}\n\n{_totals(model, t)}", keyboard(*_rows(model, t)))
    text, table = sections.draw(model.section, model.found, t)
    body = f"{title}\n\n{text}" if text else title
    return Screen.of(body, keyboard(*_rows(model, t)), more=[table] if table is not None else [])


def _totals(model: AnalyticsModel, t: Translator) -> str:
    now, before = model.found.now, model.found.before
    lines = [
        t("analytics-posts", n=now.posts, change=_change(now.posts, before.posts, t)),
        _number("analytics-engagements", now.engagements, before.engagements, t),
        _number("analytics-per-post", now.per_publication, before.per_publication, t),
        _reach(now, before, t),
        *_followers(model.found, t),
    ]
    blocks = ["\n".join(line for line in lines if line)]
    if any(model.found.trend):
        blocks.append(t("analytics-trend", bars=bars(model.found.trend), n=model.found.span))
    if model.found.top:
        best = model.found.top[:_BEST]
        blocks.append("\n".join([t("analytics-best"), *(sections.post_line(post, t) for post in best)]))
    blocks.append(_notes(model, t))
    return "\n\n".join(block for block in blocks if block)


def _number(key: str, now: float | None, before: float | None, t: Translator) -> str:
    if now is None:
        return ""
    change = _change(now, before, t) if before is not None else ""
    return t(key, value=fmt.number(t, round(now)), change=change)


def _reach(now: Totals, before: Totals, t: Translator) -> str:
    return _number("analytics-reach", now.reach, before.reach, t)


def _followers(found: Overview, t: Translator) -> list[Markup]:
    lines = []
    for line in found.platforms:
        if line.followers is None:
            continue
        grown = line.followers - line.followers_before if line.followers_before is not None else None
        change = "" if grown is None else f" ({'+' if grown >= 0 else '−'}{fmt.number(t, abs(grown))})"
        lines.append(
            t(
                "analytics-followers",
                name=fmt.short(line.name, 40),
                value=fmt.number(t, line.followers),
                change=change,
            )
        )
    return lines


def _change(now: float, before: float, t: Translator) -> str:
    """Say how it was before; in per cent only where the numbers are large enough for that to mean anything."""
    if round(now) == round(before) and before:
        return t.label("analytics-same")
    if before >= _COMPARABLE and now >= _COMPARABLE:
        return f" ({difference(t, now / before)})"
    return t.label("analytics-was", value=fmt.number(t, round(before)))


def _notes(model: AnalyticsModel, t: Translator) -> str:
    """Say what is not known, so that nobody takes it for zero."""
    notes = []
    if model.found.now.without_numbers:
        notes.append(t("analytics-without-numbers", n=model.found.now.without_numbers))
    if model.blind:
        notes.append(t("analytics-blind", platforms=", ".join(model.blind)))
    return "\n".join(notes)


def _rows(model: AnalyticsModel, t: Translator, *, bare: bool = False) -> list[Row]:
    product = model.found.product_id
    periods = [
        button(
            _marked(t.label("analytics-days", n=int(period.value)), chosen=period is model.period),
            cb.OpenAnalytics(product=product, period=period, section=model.section),
        )
        for period in Period
    ]
    parts = [
        button(
            _marked(t.label(f"analytics-section-{section.name.lower()}"), chosen=section is model.section),
            cb.OpenAnalytics(product=product, period=model.period, section=section),
        )
        for section in Section
    ]
    shown = model.found.top[: _BEST if model.section is Section.TOTALS else None]
    with_posts = model.section in {Section.TOTALS, Section.TOP}
    posts = [button(f"#{post.number}", SendCard(content=post.content_id)) for post in shown if with_posts]
    csv = button(t.label("analytics-csv"), cb.SendCsv(product=product, period=model.period))
    other = button(t.label("analytics-other"), cb.PickProduct()) if model.products > 1 else None
    home = button(t.label("ui-home"), Home())
    if bare:
        return [periods, [other, home]]
    return [*grid(posts, 5), periods, *grid(parts, 3), [csv, other], [home]]


def _marked(label: str, *, chosen: bool) -> str:
    return f"• {label}" if chosen else label


def pick(products: Sequence[tuple[uuid.UUID, str]], page: Page, t: Translator) -> Screen:
    """Ask whose numbers are wanted."""
    home = [button(t.label("ui-home"), Home())]
    if not products:
        return Screen.of(
            t("analytics-no-product"), keyboard([button(t.label("products-add"), AddProduct())], home)
        )
    names = [[button(fmt.short(name, 60), cb.OpenAnalytics(product=product))] for product, name in products]
    arrows = pager(page, lambda offset: cb.PickProduct(offset=offset))
    return Screen.of(t("analytics-pick"), keyboard(*names, arrows, home))
