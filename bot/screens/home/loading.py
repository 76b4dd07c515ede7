"""Where does the home screen get what it shows? One read of everything that matters today."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.screens.home import view
from bot.screens.home.hints import load_hints
from bot.ui import format as fmt
from core.ai import choosing
from core.analytics import week
from core.automations import service as automations
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.content import service as content
from core.products import service as products
from core.publications import queries
from core.publications.queries import QueuePage
from core.settings import service as settings

_TODAY_LIMIT = 50


async def load(ctx: Context) -> view.HomeModel:
    """Load what the home screen shows."""
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
        current = next((product for product in active if product.id == ctx.product_id), None)
        drafts = await content.count_drafts(session)
        page = await queries.queue(session, offset=0, limit=_TODAY_LIMIT)
        connected = await channels.list_for_product(session, current.id) if current else []
        writer = await choosing.current(session, ctx.runtime.settings)
        publishing = await settings.get(session, settings.Publishing)
        weeks = await week.weeks(session, [product.id for product in active], ctx.now, ctx.zone)
        rules = await automations.summary(session)
    hints = await load_hints(ctx, current.id) if current else []
    today = _today(ctx, page)
    # The current product stands first, the others as they were added.
    active.sort(key=lambda product: product.id != ctx.product_id)
    return view.HomeModel(
        products=[
            view.ProductLine(product.name, weeks[product.id], product.paused_at is not None)
            for product in active
        ],
        current=current.name if current else None,
        today=today,
        today_total=len(today),
        drafts=drafts,
        waiting=page.total,
        has_channel=any(channel.status != ChannelStatus.DISCONNECTED for channel in connected),
        ai_missing=writer.missing,
        product_id=current.id if current else None,
        hints=hints,
        paused=publishing.paused,
        automations=view.Automations(rules.total, rules.enabled, rules.last_run_at) if rules.total else None,
    )


def _today(ctx: Context, page: QueuePage) -> list[view.Upcoming]:
    ends = _tomorrow(ctx.now.astimezone(ctx.zone))
    return [
        view.Upcoming(
            at=item.scheduled_at,
            title=f"#{item.content_number} {fmt.short(item.excerpt)}",
            channel=item.outlet,
        )
        for item in page.items
        if item.scheduled_at < ends
    ]


def _tomorrow(now: datetime) -> datetime:
    """Return the midnight that ends the day of ``now``."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
