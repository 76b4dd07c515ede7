"""How does `nexus demo` run? The whole of NEXUS beside a local Telegram, on one loopback port."""

import asyncio
import contextlib
import socket
from pathlib import Path

import structlog
from pydantic import AnyHttpUrl, SecretStr

from bot.cli import assembly
from bot.cli.database import bring_up_to_date
from bot.cli.demo_channel import control_token, open_sandbox, tell_the_past
from bot.cli.home import only_one_here, prepare_home
from bot.cli.opening import Place, opened
from bot.cli.parts import Part, run_parts
from bot.cli.web import take_port
from bot.sandbox import Sandbox, attach, require_loopback
from core import logs, redaction
from core.config import Settings, load_settings
from core.demo.seeding import seed
from core.errors import ConfigError
from core.runtime import Runtime
from core.settings import service as owner_settings

log = structlog.get_logger(__name__)


def run_demo() -> None:
    """Run NEXUS against the local Telegram until it is told to stop; everything is kept for the next time."""
    chosen = load_settings()
    try:
        require_loopback(chosen.nexus_host)
    except ValueError:
        raise ConfigError(
            f"NEXUS_HOST: the demo has no passwords and answers to this machine alone; 127.0.0.1 instead of {chosen.nexus_host}"
        ) from None
    quiet = "WARNING" if "log_level" not in chosen.model_fields_set else chosen.log_level
    logs.configure(quiet, chosen.log_format, secrets=redaction.secrets_of(chosen))
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(take_port(chosen))
        home = prepare_home(_in_demo_home(chosen))
        stack.enter_context(only_one_here(home))
        first = not (home / "postgres" / "data").exists()
        _say("Preparing the embedded PostgreSQL (a few seconds the first time)" if first else "Starting")
        sandbox = open_sandbox(home / "sandbox")
        stack.callback(sandbox.close)
        place = stack.enter_context(opened(_demo_settings(chosen, home, sandbox)))
        asyncio.run(_demo(place, taken, sandbox))
    _say("Stopped. Everything is kept; `make demo` goes on from here.")


async def _demo(place: Place, taken: socket.socket, sandbox: Sandbox) -> None:
    await bring_up_to_date(place.database_url)
    async with assembly.open_everything(place) as runtime:
        await _tell_story(runtime, sandbox)
        app = assembly.receiver_app(runtime)
        attach(app, sandbox)
        ready = asyncio.Event()

        async def announce(stop: asyncio.Event) -> None:
            await ready.wait()
            _say(_welcome(place.settings))
            await stop.wait()

        await run_parts(
            [
                *assembly.database_parts(place),
                Part("announcement", announce),
                assembly.bot_part(runtime, after=ready),
                assembly.scheduler_part(runtime),
                assembly.worker_part(runtime),
                assembly.web_part(app, taken, ready),
            ]
        )


async def _tell_story(runtime: Runtime, sandbox: Sandbox) -> None:
    now = runtime.clock.now()
    chat_id, posted = tell_the_past(sandbox, now)
    credentials = {"bot_token": control_token(sandbox), "chat_id": str(chat_id)}
    async with runtime.unit_of_work() as session:
        fresh = await seed(session, runtime.keyring, credentials=credentials, posted=posted, now=now)
        if fresh:
            await owner_settings.change(session, owner_settings.General, language="ru")


def _in_demo_home(settings: Settings) -> Settings:
    """Each port has a home of its own, so that two demos live side by side and neither touches real data."""
    return settings.model_copy(update={"nexus_home": settings.nexus_home / f"demo-{settings.nexus_port}"})


def _demo_settings(chosen: Settings, home: Path, sandbox: Sandbox) -> Settings:
    """Return settings under which nothing real can be reached: only the AI key counts, where there is one."""
    return chosen.model_copy(
        update={
            "nexus_home": home,
            "telegram_bot_token": SecretStr(control_token(sandbox)),
            "telegram_owner_ids": (sandbox.owner.id,),
            "telegram_api_base": AnyHttpUrl(_address(chosen)),
            "database_url": None,
            "redis_url": None,
            "nexus_secret_keys": None,
        }
    )


def _address(settings: Settings) -> str:
    host = f"[{settings.nexus_host}]" if ":" in settings.nexus_host else settings.nexus_host
    return f"http://{host}:{settings.nexus_port}"


def _welcome(settings: Settings) -> str:
    ai = (
        "Texts are written by AI with your ANTHROPIC_API_KEY, unless the settings name another provider."
        if settings.anthropic_api_key
        else "Without a model to ask drafts are made from templates, and say so: see docs/ai-providers.md."
    )
    return (
        f"\nNEXUS is ready. Open {_address(settings)} in a browser.\n\n"
        f"  A local Telegram: the chat with the bot, and the channel it publishes to.\n"
        f"  {ai}\n"
        f"  Everything is kept in {settings.nexus_home}.\n"
        f"  Ctrl-C stops it.\n"
    )


def _say(text: str) -> None:
    print(text, flush=True)
