"""Where does the plan for a week get what it shows?"""

import uuid
from datetime import date, timedelta

from bot.context import Context
from bot.screens.week import view
from core.content import service as content
from core.content import weeks
from core.content.models import WeekStatus
from core.errors import NotFound
from core.products import service as products
from core.text import markdown

_EXCERPT = 300  # characters


def today(ctx: Context) -> date:
    """Return the day the owner's clock shows."""
    return ctx.now.astimezone(ctx.zone).date()


async def load_week(ctx: Context, plan_id: uuid.UUID) -> view.Week:
    """Load the plan with the beginnings of what is written. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        plan = await weeks.get(session, plan_id)
        product = await products.get(session, plan.product_id)
        written: dict[uuid.UUID, tuple[int, str]] = {}
        for post in weeks.posts_of(plan):
            if post.content_id is None:
                continue
            try:
                found = await content.get(session, post.content_id)
            except NotFound:  # deleted for good by hand: the plan still says what was there
                continue
            written[found.id] = (found.number, markdown.parse(found.original_text[:_EXCERPT]).text)
    return view.Week(
        plan_id=plan.id,
        version=plan.version,
        product_id=product.id,
        product=product.name,
        posts=weeks.posts_of(plan),
        first=today(ctx) + timedelta(days=1),
        described=bool((product.description or "").strip()),
        writing=weeks.is_writing(plan, ctx.now),
        begun=plan.status != WeekStatus.PLANNED,
        written=written,
    )
