"""What does /status do?"""

from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.status import view
from bot.screens.status.callbacks import OpenStatus, RepairSettings
from bot.ui.screen import Screen, show
from core.ai import choosing
from core.alerts import deliveries
from core.backup import regular
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.db import health
from core.notifications import service as notifications
from core.notifications import troubles
from core.platforms.registry import title_of
from core.products import service as products
from core.publications import queries
from core.publications.models import PublicationStatus
from core.settings import heartbeats
from core.settings import service as settings

_OVERDUE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_LOOKED_AT = 200  # posts at the head of the queue; more are hardly all overdue


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="status")
    screen.message.register(open_status, Command("status"))
    screen.callback_query.register(open_status, OpenStatus.filter())
    screen.callback_query.register(repair, RepairSettings.filter())
    return screen


async def open_status(event: Message | CallbackQuery, ctx: Context) -> None:
    """Show whether everything is alive."""
    await show(event, ctx.bot, await status_screen(ctx))


async def repair(query: CallbackQuery, ctx: Context) -> None:
    """Put defaults where the settings cannot be read; a second tap finds nothing to do."""
    async with ctx.runtime.unit_of_work() as session:
        repaired = await settings.repair(session)
    await show(query, ctx.bot, (await status_screen(ctx)).noticed(ctx.t("status-repaired", n=repaired)))


async def status_screen(ctx: Context) -> Screen:
    """Load and draw the status screen."""
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
        head = await queries.queue(session, limit=_LOOKED_AT)
        broken = [
            view.BrokenChannel(
                name=channel.platform_name or channel.platform,
                platform=title_of(channel.platform, ctx.runtime.platforms),
                reason=channel.error_message or "–",
                channel_id=channel.id,
            )
            for product in active
            for channel in await channels.list_for_product(session, product.id)
            if channel.status == ChannelStatus.ERROR
        ]
        publishing = await settings.get(session, settings.Publishing)
        writer = await choosing.current(session, ctx.runtime.settings)
        model = view.StatusModel(
            version=_version(),
            database=await health.server_version(session),
            waiting=head.total,
            overdue=sum(
                item.status is PublicationStatus.SCHEDULED
                and item.due_at < ctx.now - _OVERDUE
                and not item.held_by
                for item in head.items
            ),
            uncertain=sum(item.status is PublicationStatus.UNCERTAIN for item in head.items),
            heartbeats=await heartbeats.every(session),
            backup_at=await regular.last_done(session),
            broken=broken,
            undelivered=await notifications.undelivered(session),
            held=await notifications.held(session, ctx.now),
            muted=await notifications.muted_since(session, ctx.now - _DAY),
            unreadable=[
                f"{group}.{fault.name}" if fault.name else group
                for group, faults in (await settings.faults(session)).items()
                for fault in faults
            ],
            stuck=await deliveries.stuck(session, ctx.now),
            troubles=[(one.key, one.began_at) for one in await troubles.open_now(session)],
            paused=publishing.paused,
            paused_products=[product.name for product in active if product.paused_at is not None],
            ai_models=writer.models if writer.missing is None else (),
            ai_missing=writer.missing,
        )
    return view.status(model, ctx.t, ctx.zone, ctx.now)


def _version() -> str:
    try:
        return version("nexus")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "dev"
