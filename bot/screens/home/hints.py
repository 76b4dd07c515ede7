"""Which suggestions stand on the home screen? The most urgent two of the current product; the rest are a tap away."""

import uuid

from aiogram.types import InlineKeyboardButton

from bot.context import Context
from bot.i18n import Markup, Translator
from bot.screens.analytics.callbacks import OpenAnalytics
from bot.screens.suggest.callbacks import OpenSuggestions
from bot.screens.suggest.view import line
from bot.ui.keyboard import button
from core.analytics import suggestions
from core.platforms.registry import title_of

_SHOWN = 2


async def load_hints(ctx: Context, product_id: uuid.UUID) -> list[Markup]:
    """Return the hints in words, the most urgent first."""
    async with ctx.runtime.unit_of_work() as session:
        found = (await suggestions.for_product(session, product_id, ctx.now))[:_SHOWN]
    titles = {
        item.platform: title_of(item.platform, ctx.runtime.platforms) for item in found if item.platform
    }
    return [line(item, titles, ctx.t) for item in found]


def insight_row(product_id: uuid.UUID | None, t: Translator) -> list[InlineKeyboardButton]:
    """Return the buttons to numbers and suggestions; none while there is no product."""
    if product_id is None:
        return []
    return [
        button(t.label("home-analytics"), OpenAnalytics(product=product_id)),
        button(t.label("home-suggest"), OpenSuggestions(product=product_id)),
    ]
