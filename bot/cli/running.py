"""How do `nexus run` and the commands for one part start? Cheap checks first, then the database, then the parts."""

import asyncio
import contextlib
import socket

import structlog

from bot.cli import assembly
from bot.cli.database import bring_up_to_date, require_current
from bot.cli.home import only_one_here, prepare_home
from bot.cli.opening import Place, opened, read_settings
from bot.cli.parts import Part, run_parts
from bot.cli.web import take_port
from core.config import Settings
from core.doctor.telegram import Refused, Unreachable, identify
from core.errors import ConfigError

log = structlog.get_logger(__name__)


def run_everything() -> None:
    """Run bot, worker, scheduler and receiver in this process until it is told to stop."""
    settings = read_settings()
    require_bot_settings(settings)
    with contextlib.ExitStack() as stack:
        if settings.database_url is None:
            stack.enter_context(only_one_here(prepare_home(settings)))
        taken = stack.enter_context(take_port(settings))
        asyncio.run(_prove_token(settings))
        place = stack.enter_context(opened(settings))
        asyncio.run(_everything(place, taken))


async def _everything(place: Place, taken: socket.socket) -> None:
    await bring_up_to_date(place.database_url)
    async with assembly.open_everything(place) as runtime:
        await assembly.tell_about_keys(place, runtime)
        ready = asyncio.Event()
        log.info("nexus_starts", address=f"http://{place.settings.nexus_host}:{place.settings.nexus_port}")
        await run_parts(
            [
                *assembly.database_parts(place),
                assembly.bot_part(runtime),
                assembly.scheduler_part(runtime),
                assembly.worker_part(runtime),
                assembly.web_part(assembly.receiver_app(runtime), taken, ready),
                assembly.health_part(runtime),
            ]
        )


def run_alone(name: str) -> None:
    """Run one part in this process: ``bot``, ``worker``, ``scheduler`` or ``receiver``."""
    settings = read_settings()
    if name == "bot":
        require_bot_settings(settings)
    if name in {"worker", "scheduler"} and settings.redis_url is None:
        raise ConfigError(
            f"REDIS_URL: not set, and jobs cannot reach a {name} in a process of its own without it; "
            "set it, or use `nexus run`, which does everything in one process"
        )
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(take_port(settings)) if name == "receiver" else None
        if name == "bot":
            asyncio.run(_prove_token(settings))
        place = stack.enter_context(opened(settings))
        asyncio.run(_alone(name, place, taken))


async def _alone(name: str, place: Place, taken: socket.socket | None) -> None:
    if place.database.embedded is not None:
        await bring_up_to_date(place.database_url)
    else:
        await require_current(place.database_url)
    async with assembly.open_everything(place, works=name == "worker") as runtime:
        part: Part
        if taken is not None:
            part = assembly.web_part(assembly.receiver_app(runtime), taken, asyncio.Event())
        elif name == "bot":
            part = assembly.bot_part(runtime)
        elif name == "worker":
            part = assembly.worker_part(runtime)
        else:
            part = assembly.scheduler_part(runtime)
        log.info("part_starts", part=part.name)
        await run_parts([*assembly.database_parts(place), part, assembly.health_part(runtime)])


def require_bot_settings(settings: Settings) -> None:
    """Raise ``ConfigError`` unless there is a token and somebody to serve."""
    missing = []
    if settings.telegram_bot_token is None:
        missing.append("TELEGRAM_BOT_TOKEN: not set; make a bot with @BotFather and put its token into .env")
    if not settings.telegram_owner_ids:
        missing.append(
            "TELEGRAM_OWNER_IDS: not set; put your numeric Telegram id into .env (@userinfobot tells it), "
            "nobody else is served"
        )
    if settings.telegram_mode == "webhook":
        if settings.telegram_webhook_secret is None:
            missing.append(
                "TELEGRAM_WEBHOOK_SECRET: not set, and TELEGRAM_MODE is webhook; `openssl rand -hex 32` makes one"
            )
        if settings.webhook_address is None:
            missing.append(
                "PUBLIC_URL: not set, and TELEGRAM_MODE is webhook; set it, or TELEGRAM_WEBHOOK_URL"
            )
    if missing:
        raise ConfigError(
            "\n  ".join(["Not everything is set:", *missing, "Without a token, try `nexus demo`."])
        )


async def _prove_token(settings: Settings) -> None:
    """Ask Telegram who the token belongs to. A network that is away is no reason not to start."""
    if settings.telegram_bot_token is None:
        return
    try:
        await identify(str(settings.telegram_api_base), settings.telegram_bot_token.get_secret_value())
    except Refused as error:
        raise ConfigError(
            f"TELEGRAM_BOT_TOKEN: Telegram does not accept it ({error}); copy it again from @BotFather"
        ) from None
    except Unreachable as error:
        log.warning(
            "telegram_unreachable", reason=str(error), action="starting all the same, it is tried again"
        )
