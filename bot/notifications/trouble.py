"""Trouble: a part of NEXUS itself does not work, or works again; what that means and what to do."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import Markup, Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.screens.products.callbacks import OpenProduct
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.status.callbacks import OpenStatus
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.errors import NotFound
from core.notifications import troubles
from core.products import service as products

_KNOWN = ("part", "redis", "database", "queue", "signatures", "backup")


@dataclass(frozen=True, slots=True)
class TroubleView:
    """A trouble as it stands; ``key`` is "part/scheduler", "redis", …"""

    key: str
    began_at: datetime
    ended_at: datetime | None = None
    times: int = 1
    detail: Mapping[str, Any] | None = None
    product_id: uuid.UUID | None = None
    product: str = ""


async def tell(telling: Telling) -> Told:
    """Load and draw what does not work."""
    return Told(begun(await _load(telling), telling.t, telling.zone, telling.now))


async def tell_over(telling: Telling) -> Told:
    """Load and draw what works again."""
    return Told(ended(await _load(telling), telling.t, telling.zone, telling.now))


async def _load(telling: Telling) -> TroubleView:
    async with telling.runtime.unit_of_work() as session:
        found = await troubles.get(session, telling.id_of("trouble_id"))
        name = ""
        if found.product_id is not None:
            try:
                name = (await products.get(session, found.product_id)).name
            except NotFound:
                name = ""
    return TroubleView(
        found.key, found.began_at, found.ended_at, found.times, found.detail, found.product_id, name
    )


def begun(view: TroubleView, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the trouble; one that is over by now says so at once."""
    if view.ended_at is not None:
        return ended(view, t, zone, now)
    kind = _kind(view)
    exact = f"down-means-{kind}-{view.key.partition('/')[2]}"
    lines = [
        t(f"down-of-{kind}", **_words(view, t)),
        t("down-since", when=fmt.when(t, view.began_at, zone, now)),
        t(exact if t.has(exact) else f"down-means-{kind}"),
    ]
    if view.times > 1:
        lines.append(t("down-again", n=view.times))
    return _screen(lines, view, t)


def ended(view: TroubleView, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw that it works again, and how long it did not."""
    end = view.ended_at or now
    lines = [
        t(f"down-over-{_kind(view)}", **_words(view, t)),
        t(
            "down-lasted",
            began=fmt.moment(t, view.began_at, zone, now),
            ended=fmt.clock(end, zone),
            n=max(1, round((end - view.began_at).total_seconds() / 60)),
        ),
    ]
    return _screen(lines, view, t)


def _kind(view: TroubleView) -> str:
    kind = view.key.partition("/")[0]
    return kind if kind in _KNOWN else "other"


def _words(view: TroubleView, t: Translator) -> dict[str, str | int]:
    kind, _, name = view.key.partition("/")
    part = f"status-part-{name}"
    return {
        "name": t.label(part) if kind == "part" and t.has(part) else fmt.short(name or view.key, 60),
        "product": fmt.short(view.product or "–", 60),
        "n": int((view.detail or {}).get("count") or 0),
    }


def _screen(lines: list[Markup], view: TroubleView, t: Translator) -> Screen:
    more = None
    if view.product_id is not None and view.product:
        more = button(fmt.short(view.product, 40), OpenProduct(product=view.product_id))
    elif _kind(view) == "queue":
        more = button(t.label("told-queue"), OpenQueue())
    return Screen.of(
        "\n".join(lines),
        keyboard([more], [button(t.label("home-status"), OpenStatus()), button(t.label("ui-home"), Home())]),
    )
