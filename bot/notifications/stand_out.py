"""Spike and drop: a post far above what is usual on its channel, or days far below it; on how many posts that rests."""

import uuid
from dataclasses import dataclass

from bot.i18n import Translator
from bot.notifications.publication import load
from bot.notifications.telling import Telling, Told
from bot.screens.analytics.callbacks import OpenAnalytics
from bot.screens.draft.callbacks import SendCard
from bot.screens.suggest.callbacks import OpenSuggestions
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard, link
from bot.ui.screen import Screen
from core.channels import service as channels
from core.publications.queries import PublicationView


@dataclass(frozen=True, slots=True)
class Beside:
    """A number beside the usual one, and the posts that one rests on."""

    value: float
    average: float
    sample: int
    days: int = 1


async def tell_spike(telling: Telling) -> Told:
    """Load and draw."""
    item, product = await _load(telling)
    return Told(spike(item, product, _beside(telling), telling.t))


async def tell_drop(telling: Telling) -> Told:
    """Load and draw."""
    item, product = await _load(telling)
    return Told(drop(item.outlet, product, _beside(telling), telling.t))


def spike(item: PublicationView, product: uuid.UUID, beside: Beside, t: Translator) -> Screen:
    """Draw the news of a post that does far better than usual."""
    said = t(
        "told-spike",
        number=str(item.content_number),
        channel=fmt.short(item.outlet, 100),
        excerpt=fmt.short(item.excerpt, 120) or "–",
        **_numbers(beside, t),
    )
    return Screen.of(
        said,
        keyboard(
            [link(t.label("queue-open"), item.url) if item.url else None],
            [button(t.label("queue-card"), SendCard(content=item.content_id))],
            [button(t.label("told-numbers-open"), OpenAnalytics(product=product))],
        ),
    )


def drop(channel: str, product: uuid.UUID, beside: Beside, t: Translator) -> Screen:
    """Draw the news of days that do far worse than usual."""
    said = t("told-drop", channel=fmt.short(channel, 100), days=beside.days, **_numbers(beside, t))
    return Screen.of(
        said,
        keyboard(
            [button(t.label("told-drop-suggest"), OpenSuggestions(product=product))],
            [button(t.label("told-numbers-open"), OpenAnalytics(product=product))],
        ),
    )


def _numbers(beside: Beside, t: Translator) -> dict[str, str | int]:
    return {
        "value": fmt.number(t, round(beside.value, 1)),
        "average": fmt.number(t, round(beside.average, 1)),
        "n": beside.sample,
    }


def _beside(telling: Telling) -> Beside:
    told = telling.payload
    return Beside(float(told["value"]), float(told["average"]), int(told["sample"]), int(told.get("days", 1)))


async def _load(telling: Telling) -> tuple[PublicationView, uuid.UUID]:
    item = await load(telling)
    async with telling.runtime.unit_of_work() as session:
        channel = await channels.get(session, telling.id_of("channel_id"))
    return item, channel.product_id
