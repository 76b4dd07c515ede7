"""What does the status screen show? Whether every part is alive, what piles up, and what is broken."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.i18n import Markup, Translator
from bot.screens.channels.callbacks import OpenChannel
from bot.screens.home.callbacks import Home
from bot.screens.pause.callbacks import OpenPause
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.status.callbacks import OpenStatus, RepairSettings
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.screen import Screen
from core.ai.choosing import Missing
from core.alerts.deliveries import Stuck

_SILENT = timedelta(minutes=2)  # a part that has not been heard of for longer is said to be silent
_SHOWN = 10  # broken channels
_NAMED = 3  # paused products


@dataclass(frozen=True, slots=True)
class BrokenChannel:
    """A channel that cannot be used."""

    name: str
    platform: str
    reason: str
    channel_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class StatusModel:
    """What the status screen knows."""

    version: str
    database: str
    waiting: int
    overdue: int
    uncertain: int
    heartbeats: Mapping[str, datetime]
    broken: Sequence[BrokenChannel]
    undelivered: int
    paused: bool
    ai_models: Sequence[str]
    ai_missing: Missing | None
    held: int = 0  # news that waits for the end of quiet hours
    muted: int = 0  # news nobody was told of since yesterday
    unreadable: Sequence[str] = ()  # settings
    paused_products: Sequence[str] = ()
    stuck: Sequence[Stuck] = ()  # news that another way than Telegram could not deliver
    backup_at: datetime | None = None  # when the last one was made by itself
    troubles: Sequence[tuple[str, datetime]] = ()  # what does not work, and since when


def status(model: StatusModel, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the status screen."""
    parts = [
        t(
            "status-part-silent" if now - at > _SILENT else "status-part",
            name=t.label(f"status-part-{name}") if t.has(f"status-part-{name}") else name,
            ago=fmt.distance(t, at, now),
        )
        for name, at in model.heartbeats.items()
    ]
    queue = [t("status-queue", n=model.waiting)]
    if model.overdue:
        queue.append(t("status-overdue", n=model.overdue))
    if model.uncertain:
        queue.append(t("status-uncertain", n=model.uncertain))
    if model.paused:
        queue.append(t("status-paused"))
    if model.paused_products:
        queue.append(_paused(model.paused_products, t))
    broken = [
        t(
            "status-broken",
            name=fmt.short(channel.name),
            platform=channel.platform,
            reason=fmt.short(channel.reason, 120),
        )
        for channel in model.broken[:_SHOWN]
    ]
    blocks = [
        t("status-title", version=model.version, database=model.database),
        "\n".join([t("status-parts"), *(parts or [t("status-no-parts")]), *_troubles(model, t, now)]),
        "\n".join(queue),
        "\n".join([t("status-channels"), *broken]) if broken else t("status-channels-fine"),
        _news(model, t),
        _unreadable(model, t),
        _ai(model, t),
        t("status-backup", ago=fmt.distance(t, model.backup_at, now)) if model.backup_at else "",
        t("status-now", when=fmt.moment(t, now, zone, now), zone=fmt.zone_name(zone, now)),
    ]
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            *_repairs(model, t),
            [button(t.label("ui-refresh"), OpenStatus()), button(t.label("told-queue"), OpenQueue())],
            [button(t.label("queue-resume"), OpenPause()) if model.paused or model.paused_products else None],
            [button(t.label("ui-home"), Home())],
        ),
    )


def _troubles(model: StatusModel, t: Translator, now: datetime) -> list[Markup]:
    """Say what else does not work; a part that is silent stands among the parts already."""
    said = []
    for key, since in model.troubles:
        kind, _, name = key.partition("/")
        exact = f"status-trouble-{kind}"
        if kind != "part":
            known = exact if t.has(exact) else "status-trouble-other"
            said.append(t(known, name=fmt.short(name or kind, 40), ago=fmt.distance(t, since, now)))
    return said


def _paused(names: Sequence[str], t: Translator) -> Markup:
    shown = ", ".join(fmt.short(name, 40) for name in names[:_NAMED])
    more = len(names) - min(len(names), _NAMED)
    return t("status-paused-products", n=len(names), names=shown + (f" +{more}" if more else ""))


def _news(model: StatusModel, t: Translator) -> str:
    counted = {
        "status-undelivered": model.undelivered,
        "status-held": model.held,
        "status-muted": model.muted,
    }
    lines = [t(key, n=n) for key, n in counted.items() if n]
    lines += [
        t(f"status-stuck-{one.way.value}", n=one.count, reason=fmt.short(one.reason, 120))
        for one in model.stuck
    ]
    return "\n".join(lines)


def _unreadable(model: StatusModel, t: Translator) -> str:
    if not model.unreadable:
        return ""
    return t("status-unreadable", fields=", ".join(fmt.short(name, 60) for name in model.unreadable[:_SHOWN]))


def _repairs(model: StatusModel, t: Translator) -> list[Row]:
    """What can be put right from here: settings, and channels that are broken."""
    fix = button(t.label("status-repair"), RepairSettings()) if model.unreadable else None
    opened = [
        button(t.label("status-reconnect", name=channel.name), OpenChannel(channel=channel.channel_id))
        for channel in model.broken[:_SHOWN]
    ]
    return [[fix], *grid(opened, 1)]


def _ai(model: StatusModel, t: Translator) -> str:
    if model.ai_missing is not None:
        return t(f"status-ai-{model.ai_missing.value}")
    return t("status-ai", models=", ".join(fmt.short(name, 100) for name in model.ai_models))
