"""Repeat skipped: one occurrence of a repeated post was left out; why, and when the next one comes."""

from datetime import datetime, tzinfo

from bot.i18n import Markup, Translator
from bot.notifications.telling import Telling, Told
from bot.screens.repeat.callbacks import OpenRepeat
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.content import repeats
from core.content.repeats import Repeated


async def tell(telling: Telling) -> Told:
    """Load and draw."""
    async with telling.runtime.unit_of_work() as session:
        item = await repeats.get(session, telling.id_of("repeat_id"))
    moment = datetime.fromisoformat(str(telling.payload["moment"]))
    why = str(telling.payload["why"])
    return Told(view(item, moment, why, telling.t, telling.zone, telling.now))


def view(item: Repeated, moment: datetime, why: str, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the notification."""
    said = t(
        "told-repeat-skipped",
        number=str(item.content.number),
        moment=fmt.moment(t, moment, zone, now),
        why=t(f"told-repeat-why-{why}"),
    )
    if item.repeat.enabled:
        following = t("told-repeat-next", when=fmt.when(t, item.repeat.next_at, zone, now))
        said = Markup(f"{said}\n{following}")
    return Screen.of(said, keyboard([button(t.label("repeat-open"), OpenRepeat(repeat=item.repeat.id))]))
