"""Where does the screen of a product's events get what it shows?"""

import uuid

from bot.context import Context
from bot.screens.events.hooks import view
from bot.ui.screen import Screen
from core.events import secrets, sending
from core.products import service as products
from core.products import webhook_secret


async def load(ctx: Context, product_id: uuid.UUID) -> view.HookModel:
    """Load where the product's events come in. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
    both = webhook_secret.previous_counts(product, ctx.now)
    return view.HookModel(
        product_id=product.id,
        name=product.name,
        address=sending.address_of(ctx.runtime.settings, product.slug),
        public=ctx.runtime.settings.public_url is not None,
        on=product.webhook_secret is not None,
        version=secrets.version_of(product),
        previous_until=product.previous_secret_until if both else None,
    )


async def hook_screen(ctx: Context, product_id: uuid.UUID) -> Screen:
    """Load and draw the screen. Raises ``NotFound``."""
    return view.hook(await load(ctx, product_id), ctx.t, ctx.zone, ctx.now)
