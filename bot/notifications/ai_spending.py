"""AI spending: a warning limit was passed, or a cap keeps AI from writing until the day or the month is over."""

from decimal import Decimal

from bot.i18n import Translator
from bot.notifications.telling import Telling, Told
from bot.screens.home.callbacks import Home
from bot.screens.settings.callbacks import OpenSetting
from bot.screens.settings.fields import Code
from bot.screens.usage.callbacks import OpenUsage
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.ai import usage
from core.ai.usage import Period

_CODES = {
    ("warn", "day"): Code.WARN_DAY, ("warn", "month"): Code.WARN_MONTH,
    ("cap", "day"): Code.CAP_DAY, ("cap", "month"): Code.CAP_MONTH,
}  # fmt: skip


async def tell(telling: Telling) -> Told:
    """Load what has been spent by now, and draw."""
    period = Period(str(telling.payload["period"]))
    async with telling.runtime.unit_of_work() as session:
        spent = (await usage.spent_in(session, period, telling.now)).cost_usd
    level, limit = str(telling.payload["level"]), Decimal(str(telling.payload["limit_usd"]))
    return Told(view(level, period, limit, spent, telling.t))


def view(level: str, period: Period, limit: Decimal, spent: Decimal, t: Translator) -> Screen:
    """Draw the notification; ``level`` is "warn" or "cap"."""
    text = t(f"told-ai-{level}-{period.value}", limit=fmt.money(t, limit), spent=fmt.money(t, spent))
    return Screen.of(
        text,
        keyboard(
            [button(t.label("told-ai-limit"), OpenSetting(code=_CODES[level, period.value]))],
            [button(t.label("usage-open"), OpenUsage()), button(t.label("ui-home"), Home())],
        ),
    )
