"""What does the status screen show? Whether every part is alive, what piles up, and what is broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.i18n import Translator
from bot.screens.home.callbacks import Home
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.status.callbacks import OpenStatus
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen
from core.ai.choosing import Missing

_SILENT = timedelta(minutes=2)  # a part that has not been heard of for longer is said to be silent
_SHOWN = 10  # broken channels


@dataclass(frozen=True, slots=True)
class BrokenChannel:
    """A channel that cannot be used."""

    name: str
    platform: str
    reason: str


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


def status(model: StatusModel, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the status screen."""
    parts = [
        t(
            "status-part-silent" if now - at > _SILENT else "status-part",
            name=name,
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
    broken = [
        t(
            "status-broken",
            name=fmt.short(channel.name),
            platform=channel.platform,
            reason=fmt.short(channel.reason, 200),
        )
        for channel in model.broken[:_SHOWN]
    ]
    blocks = [
        t("status-title", version=model.version, database=model.database),
        "\n".join([t("status-parts"), *(parts or [t("status-no-parts")])]),
        "\n".join(queue),
        "\n".join([t("status-channels"), *broken]) if broken else t("status-channels-fine"),
        t("status-undelivered", n=model.undelivered) if model.undelivered else "",
        _ai(model, t),
        t("status-now", when=fmt.moment(t, now, zone, now), zone=fmt.zone_name(zone, now)),
    ]
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            [button(t.label("ui-refresh"), OpenStatus()), button(t.label("told-queue"), OpenQueue())],
            [button(t.label("ui-home"), Home())],
        ),
    )


def _ai(model: StatusModel, t: Translator) -> str:
    if model.ai_missing is not None:
        return t(f"status-ai-{model.ai_missing.value}")
    return t("status-ai", models=", ".join(fmt.short(name, 100) for name in model.ai_models))
