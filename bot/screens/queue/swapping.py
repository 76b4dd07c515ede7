"""Which post shall this one change places with?"""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.i18n import Translator
from bot.screens.queue import callbacks as cb
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.publications.queries import PublicationView
from core.publications.swapping import Place


def places(
    item: PublicationView, found: Sequence[Place], page: Page, t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """List the posts of the same channel that still wait."""
    at = int(item.scheduled_at.timestamp())
    rows = [
        [
            button(
                t.label(
                    "queue-swap-place",
                    when=fmt.moment(t, place.scheduled_at, zone, now),
                    number=str(place.number),
                ),
                cb.Swap(publication=item.publication_id, at=at, number=place.number),
            )
        ]
        for place in found
    ]
    text = t(
        "queue-swap-which" if found else "queue-swap-none",
        number=str(item.content_number),
        channel=fmt.short(item.outlet, 80),
        when=fmt.moment(t, item.scheduled_at, zone, now),
    )
    lines = [
        t("queue-swap-line", number=str(place.number), excerpt=fmt.short(place.excerpt, 80))
        for place in found
    ]
    arrows = pager(page, lambda offset: cb.OfferSwap(publication=item.publication_id, offset=offset))
    back = button(t.label("ui-back"), cb.OpenPublication(publication=item.publication_id))
    return Screen.of("\n".join([text, *lines]), keyboard(*rows, arrows, [back]))
