"""What is set about receiving? For how long events are kept, and how many a product may send."""

from bot.i18n import Translator
from bot.screens.events import callbacks as cb
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen

DAYS = (30, 90, 180, 365, 0)  # 0: for ever
SHARES = (60, 600, 3_000, 12_000)  # a minute


def receiving(keep_days: int | None, per_minute: int, t: Translator) -> Screen:
    """Draw both settings with what is offered for them."""
    kept = keep_days or 0
    ages = [
        button(_chosen(days == kept) + _age(days, t), cb.KeepEvents(days=days))
        for days in (DAYS if kept in DAYS else (*DAYS, kept))
    ]
    shares = [
        button(
            _chosen(share == per_minute) + t.label("events-share", n=share), cb.LimitEvents(per_minute=share)
        )
        for share in (SHARES if per_minute in SHARES else (*SHARES, per_minute))
    ]
    text = [
        t("events-receiving-title"),
        t("events-kept", days=kept) if kept else t("events-kept-for-ever"),
        t("events-limited", n=per_minute),
    ]
    return Screen.of(
        "\n\n".join(text),
        keyboard(*grid(ages, 3), *grid(shares, 2), [button(t.label("events-back"), cb.OpenEvents())]),
    )


def _age(days: int, t: Translator) -> str:
    return t.label("events-days", days=days) if days else t.label("events-for-ever")


def _chosen(chosen: bool) -> str:
    return "✅ " if chosen else ""
