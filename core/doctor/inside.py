"""Is what the database holds usable? Schema, keys, channels, signs of life, undelivered news."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.backup import regular
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.db import migrations
from core.db.reaching import check_reachable
from core.db.session import Database, create_engine
from core.doctor import waiting
from core.doctor.findings import Finding, failure, ok, warning
from core.doctor.outside import check_clock
from core.errors import ConfigError
from core.health import standing
from core.jobs.queue import DroppingQueue
from core.notifications import service as notifications
from core.products import webhook_secret
from core.products.models import Product
from core.security.keyring import CannotOpen, Keyring
from core.settings import heartbeats, service

_SILENT = timedelta(minutes=2)  # parts beat several times a minute


async def check_database(
    database: Database, keyring: Keyring | None, now: datetime, backups: timedelta | None = None
) -> list[Finding]:
    """Check the database and, when it can be used, everything in it. ``backups``: how often one is to be made."""
    try:
        version = await check_reachable(database.engine)
    except ConfigError as error:
        return [
            failure("database", str(error), "Check DATABASE_URL, and that PostgreSQL runs and lets NEXUS in")
        ]
    found = [ok("database", f"PostgreSQL {version} answers")]
    current, head = await migrations.current_revision(database.engine), migrations.head_revision()
    if current != head:
        found.append(
            failure(
                "schema",
                f"The schema is at {current or 'nothing'}, {head} is needed",
                "Run `nexus migrate up`",
            )
        )
        return found
    found.append(ok("schema", f"The schema is up to date ({head})"))
    async with database.unit_of_work() as session:
        if keyring is not None:
            found.append(await _check_keys(session, keyring, now))
        found += await _check_channels(session)
        found.append(await _check_clock(session))
        found.append(await _check_life(session, now))
        waits = await standing.look(session, now)
        found += [waiting.check_posts(waits, now), waiting.check_events(waits)]
        found.append(await _check_news(session))
        if backups is not None:
            found.append(await _check_backups(session, backups, now))
    return found


async def ai_settings(database: Database) -> service.Ai:
    """Return who writes, as the owner chose it."""
    async with database.unit_of_work() as session:
        return await service.get(session, service.Ai)


async def _check_clock(session: AsyncSession) -> Finding:
    # Two machines' clocks, so the real ones; the answer is as old as half the way there and back.
    before = datetime.now(UTC)
    theirs: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    return check_clock("PostgreSQL", theirs, before + (datetime.now(UTC) - before) / 2)


async def _check_keys(session: AsyncSession, keyring: Keyring, now: datetime) -> Finding:
    closed: list[str] = []
    count = 0
    for channel in await session.scalars(select(Channel)):
        count += 1
        try:
            channels.open_credentials(keyring, channel)
        except CannotOpen:
            closed.append(f"{channel.platform} {channel.platform_name or ''}".strip())
    for product in await session.scalars(select(Product).where(Product.webhook_secret.is_not(None))):
        count += 1
        try:
            webhook_secret.live(keyring, product, now)
        except CannotOpen:
            closed.append(f"webhook secret of {product.slug}")
    if closed:
        return failure(
            "keys", f"The keys do not open what is stored for: {', '.join(closed)}",
            "Put the key it was sealed with back into NEXUS_SECRET_KEYS, or connect these again",
        )  # fmt: skip
    return ok("keys", f"The keys open every stored secret ({count})")


async def _check_channels(session: AsyncSession) -> list[Finding]:
    rows = await session.execute(
        select(Product.name, Channel.platform, Channel.status, Channel.error_message)
        .join(Channel, Channel.product_id == Product.id)
        .where(Product.archived_at.is_(None))
        .order_by(Product.name, Channel.platform)
    )
    found = [
        ok("channel", f"{name}: {platform} is connected")
        if status == ChannelStatus.ACTIVE
        else warning(
            "channel",
            f"{name}: {platform} is {status}: {reason or 'no reason kept'}",
            "Reconnect it in the bot",
        )
        for name, platform, status, reason in rows
    ]
    return found or [
        warning("channel", "No channel is connected", "Connect one in the bot, or use `nexus import`")
    ]


async def _check_life(session: AsyncSession, now: datetime) -> Finding:
    beats = await heartbeats.every(session)
    if not beats:
        return ok("processes", "Nothing has run on this database yet")
    silent = {name: at for name, at in beats.items() if now - at > _SILENT}
    if silent:
        text = ", ".join(f"{name} since {at:%Y-%m-%d %H:%M} UTC" for name, at in silent.items())
        return warning(
            "processes",
            f"No sign of life from: {text}",
            "Start NEXUS (`nexus run`), or the part that is missing",
        )
    return ok("processes", f"Alive: {', '.join(beats)}")


async def _check_backups(session: AsyncSession, every: timedelta, now: datetime) -> Finding:
    last = await regular.last_done(session)
    if last is not None and now - last < every * 2:
        return ok("backup", f"The last one is of {last:%Y-%m-%d %H:%M} UTC")
    text = f"The last one is of {last:%Y-%m-%d %H:%M} UTC" if last else "None has been made"
    return warning(
        "backup", text, "See that a scheduler runs, and that BACKUP_DIR can be written to and has room"
    )


async def _check_news(session: AsyncSession) -> Finding:
    waiting = await notifications.undelivered(session)
    if waiting:
        return warning(
            "notifications", f"{waiting} notification(s) could not be delivered",
            "Open the chat with the bot, press Start, and check that it is not blocked",
        )  # fmt: skip
    return ok("notifications", "None is stuck")


def quiet_database(url: str) -> Database:
    """Return the database for looking only: jobs asked for are dropped."""
    return Database(create_engine(url, pool_size=1, application_name="nexus-doctor"), DroppingQueue())
