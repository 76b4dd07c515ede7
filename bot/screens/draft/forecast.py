"""What does the card say a post will get? One line with what it rests on, and one with what moved it."""

from collections.abc import Mapping

from bot.i18n import Translator
from bot.screens.analytics.words import amount, effect_line, unit_name
from core.analytics import predictions
from core.analytics.forecasting import Confidence, Forecast, NotEnough
from core.content.models import ContentStatus
from core.content.queries import CardView
from core.publications.models import PublicationStatus
from core.runtime import Runtime

Forecasts = Mapping[str, Forecast | NotEnough]
_AHEAD = {None, PublicationStatus.SCHEDULED, PublicationStatus.CANCELLED}


async def load_forecasts(runtime: Runtime, card: CardView) -> Forecasts:
    """Return what is expected where the post has not gone out yet."""
    if card.status in {ContentStatus.ARCHIVED, ContentStatus.PUBLISHED} or not (
        card.text.strip() or card.media
    ):
        return {}
    planned = {
        channel.platform: channel.scheduled_at
        if channel.publication_status is PublicationStatus.SCHEDULED
        else None
        for channel in card.channels
        if channel.publication_status in _AHEAD
    }
    if not planned:
        return {}
    async with runtime.unit_of_work() as session:
        return await predictions.for_content(session, card.content_id, planned, runtime.clock.now())


def forecast_lines(forecasts: Forecasts, platform: str | None, t: Translator) -> list[str]:
    """Return the lines for the platform whose preview is shown."""
    said = forecasts.get(platform) if platform is not None else None
    if said is None:
        return []
    if isinstance(said, NotEnough):
        return [t("forecast-not-enough", n=said.n, needed=said.needed)]
    lines: list[str] = [
        t(
            "forecast-line",
            unit=unit_name(t, said.platform, said.unit),
            expected=amount(t, said.expected, said.unit),
            low=amount(t, said.low, said.unit),
            high=amount(t, said.high, said.unit),
            n=said.n,
        )
    ]
    if said.factors:
        lines.append(t("forecast-factors", factors=" · ".join(effect_line(t, item) for item in said.factors)))
    if said.confidence is Confidence.LOW:
        lines.append(t("forecast-low"))
    return lines
