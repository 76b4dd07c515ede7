"""What does the card say a draft will get? Kept with the content, and reckoned anew when the draft or the history moved."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import forecasting
from core.analytics.forecasting import Confidence, Forecast, NotEnough
from core.analytics.history import PastPost
from core.analytics.measuring import Unit
from core.analytics.metrics import Metrics
from core.analytics.model import Effect, Prior
from core.analytics.traits import Trait, traits_of
from core.content import service as content_service
from core.content.models import Content
from core.content.rendering import post_of
from core.settings import service as settings_service
from core.settings.service import General

_KEEP = timedelta(hours=6)  # history moves by the day

Predictions = Mapping[str, Forecast | NotEnough]


async def for_content(
    session: AsyncSession, content_id: uuid.UUID, planned: Mapping[str, datetime | None], now: datetime
) -> Predictions:
    """Return what is expected on each platform of ``planned``, a post going out at the moment given, or now.

    What was said of this very version, for the same moment and not long ago, is said again. Raises ``NotFound``.
    """
    content = await content_service.get(session, content_id)
    made: dict[str, Forecast | NotEnough] = {}
    for platform, at in planned.items():
        kept = _kept(content.predictions.get(platform), platform, content.version, at, now)
        if kept is not None:
            made[platform] = kept
    missing = [platform for platform in planned if platform not in made]
    if not missing:
        return made
    zone = (await settings_service.get(session, General)).zone
    learned = await forecasting.models(session, content.product_id, missing, now, zone)
    fresh: dict[str, dict[str, Any]] = {}
    for platform in missing:
        at = planned[platform]
        post = post_of(content, platform)
        text = "\n\n".join(post.thread) or post.text
        traits = traits_of(text, kind=content.content_type, has_media=bool(post.media), at=at, zone=zone)
        said = made[platform] = forecasting.forecast(learned[platform], platform, traits)
        fresh |= forecasting.stored({platform: said}, version=content.version, at=at, now=now)
    if fresh:
        await _keep(session, content, fresh)
    return made


async def _keep(session: AsyncSession, content: Content, fresh: Mapping[str, dict[str, Any]]) -> None:
    """Store them without touching when the draft was changed: a forecast is no edit."""
    await session.execute(
        update(Content)
        .where(Content.id == content.id, Content.version == content.version)
        .values(predictions=Content.predictions.concat(dict(fresh)), updated_at=Content.updated_at)
        .execution_options(synchronize_session=False)
    )


def _kept(entry: object, platform: str, version: int, at: datetime | None, now: datetime) -> Forecast | None:
    if not isinstance(entry, dict) or entry.get("version") != version:
        return None
    if entry.get("for") != (at.isoformat() if at else None):
        return None
    try:
        made_at = datetime.fromisoformat(str(entry.get("made_at")))
        return _read(entry, platform) if timedelta() <= now - made_at < _KEEP else None
    except (KeyError, TypeError, ValueError):  # written by hand, or by another release: reckoned anew
        return None


def _read(entry: Mapping[str, Any], platform: str) -> Forecast:
    prior = entry["prior"]
    return Forecast(
        platform=platform,
        unit=Unit(entry["unit"]),
        expected=float(entry["engagement"]),
        low=float(entry["low"]),
        high=float(entry["high"]),
        n=int(entry["n"]),
        confidence=Confidence(entry["confidence"]),
        factors=tuple(
            Effect(Trait(item["trait"]), str(item["value"]), float(item["ratio"]), int(item["n"]))
            for item in entry["factors"]
        ),
        prior=Prior(float(prior["value"]), float(prior["weight"])) if prior else None,
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often what the card had said came true: ``inside`` of ``n`` posts ended up in their interval."""

    n: int
    inside: int


def calibration(posts: list[PastPost]) -> Calibration:
    """Hold what was said before against what came of it; posts about which nothing was said do not count."""
    judged = [held for post in posts if (held := _held(post.predicted, post.metrics)) is not None]
    return Calibration(len(judged), sum(judged))


def _held(predicted: Mapping[str, Any], metrics: Metrics) -> bool | None:
    low, high = predicted.get("low"), predicted.get("high")
    got = metrics.rate if predicted.get("unit") == Unit.RATE else metrics.engagements
    if got is None or not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    return low <= round(got, 2) <= high
