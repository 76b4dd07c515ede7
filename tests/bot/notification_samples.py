"""News about NEXUS itself and its days, with difficult values, for drawing every one without a database."""

from collections.abc import Callable
from datetime import timedelta

from bot.i18n import Translator
from bot.notifications import days, morning, trouble
from bot.notifications.trouble import TroubleView
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

ZONE = parse_zone("Europe/Moscow")
SCREENS: dict[str, Callable[[Translator], Screen]] = {}

_BEGAN = NOW - timedelta(hours=30)
for _key in (
    "part/scheduler", "part/worker", "part/bot", f"part/{NAME}", "redis", "database", "queue", "backup", f"signatures/{ID}", NAME,
):  # fmt: skip
    _view = TroubleView(_key, _BEGAN, None, 4, {"count": 21}, ID, NAME)
    _over = TroubleView(_key, _BEGAN, NOW, 1, {"count": 1})
    SCREENS[f"told trouble {_key}"] = lambda t, v=_view: trouble.begun(v, t, ZONE, NOW)  # type: ignore[misc]
    SCREENS[f"told trouble over {_key}"] = lambda t, v=_over: trouble.ended(v, t, ZONE, NOW)  # type: ignore[misc]
    SCREENS[f"told trouble late {_key}"] = lambda t, v=_over: trouble.begun(v, t, ZONE, NOW)  # type: ignore[misc]

_ITEMS = [
    morning.Item(ID, f"✅ Published · #{number} · {NAME}" if number % 3 else "") for number in range(10)
]
SCREENS["told morning"] = lambda t: morning.view(ID, _ITEMS, Page(10, 10, 33), t)
SCREENS["told morning two"] = lambda t: morning.view(ID, _ITEMS[1:3], Page(0, 10, 2), t)

SCREENS["told silence"] = lambda t: days.silence(ID, NAME, NOW - timedelta(days=9), t, ZONE, NOW)
SCREENS["told tomorrow"] = lambda t: days.tomorrow(ID, NAME, NOW.date(), t)
SCREENS["told too many"] = lambda t: days.too_many(ID, NAME, "", 31, 30, NOW.date(), t)
SCREENS["told too many there"] = lambda t: days.too_many(ID, NAME, "LinkedIn", 3, 2, NOW.date(), t)
