"""Is what NEXUS needs from outside the database there? Settings, Telegram, AI, Redis, disk."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from core.ai import choosing, openai
from core.ai.choosing import Missing
from core.config import Settings
from core.doctor.findings import Finding, Level, failure, ok, warning
from core.doctor.telegram import Refused, Unreachable, identify, may_write_to
from core.settings.service import Ai

_LOW_DISK = 1024**3  # bytes; media and the database need room to grow
_NO_DISK = 100 * 1024**2
_REDIS_SECONDS = 5
_CLOCK_WARNS, _CLOCK_FAILS = 3.0, 60.0  # seconds


async def check_telegram(settings: Settings) -> list[Finding]:
    """Check the token by asking Telegram, and that somebody is served."""
    findings: list[Finding] = []
    token = settings.telegram_bot_token
    base = str(settings.telegram_api_base)
    if token is None:
        findings.append(
            failure(
                "telegram",
                "TELEGRAM_BOT_TOKEN is not set",
                "Make a bot with @BotFather and put its token into .env",
            )
        )
    else:
        findings += await _check_token(base, token.get_secret_value())
    if settings.telegram_owner_ids:
        works = token is not None and all(finding.level is Level.OK for finding in findings)
        secret = token.get_secret_value() if token is not None and works else None
        findings.append(await _check_owners(base, secret, settings.telegram_owner_ids))
    else:
        findings.append(
            failure(
                "owner", "TELEGRAM_OWNER_IDS is not set, so nobody is served",
                "Put your numeric Telegram id into .env; @userinfobot tells it",
            )
        )  # fmt: skip
    return findings


async def _check_token(base: str, token: str) -> list[Finding]:
    try:
        found = await identify(base, token)
    except Refused as error:
        return [
            failure(
                "telegram",
                f"Telegram does not accept TELEGRAM_BOT_TOKEN ({error})",
                "Copy it again from @BotFather",
            )
        ]
    except Unreachable as error:
        return [
            failure(
                "telegram",
                f"Telegram gave no answer: {error}",
                "Check the network, a proxy, and TELEGRAM_API_BASE",
            )
        ]
    here = [ok("telegram", f"The token belongs to {found}")]
    return here if found.at is None else [*here, check_clock("Telegram", found.at, datetime.now(UTC))]


async def _check_owners(base: str, token: str | None, owners: tuple[int, ...]) -> Finding:
    served = f"{len(owners)} Telegram id(s) are served"
    if token is None:  # there is trouble with it, which is said already
        return ok("owner", served)
    try:
        strangers = [str(owner) for owner in owners if not await may_write_to(base, token, owner)]
    except (Refused, Unreachable) as error:
        return warning(
            "owner", f"{served}; whether they can be reached is not known: {error}", "Look again later"
        )
    if strangers:
        return warning(
            "owner",
            f"The bot may not write to {', '.join(strangers)}",
            "Open the chat with the bot and press Start; check TELEGRAM_OWNER_IDS for a mistyped number",
        )
    return ok("owner", f"{served}, and the bot may write to them")


def check_clock(whose: str, theirs: datetime, ours: datetime) -> Finding:
    """Check that this machine's clock agrees with another one; ``theirs`` may be rounded to a second."""
    apart = abs((ours - theirs).total_seconds())
    text = f"This machine's clock is {apart:.1f} s off {whose}'s"
    advice = "Let the machine keep its time by NTP (timedatectl set-ntp true)"
    if apart > _CLOCK_FAILS:
        return failure("clock", text, advice + "; signed events are refused and posts come at the wrong time")
    if apart > _CLOCK_WARNS:
        return warning("clock", text, advice)
    return ok("clock", f"The clock agrees with {whose}'s")


def check_ai(settings: Settings, ai: Ai) -> Finding:
    """Check that whoever was chosen to write can be asked; a key is not tried, because that costs money.

    Doing without AI is a choice; a chosen server that cannot be asked is a mistake.
    """
    choice = choosing.choose(settings, ai)
    models = ", ".join(choice.models)
    match choice.missing:
        case Missing.KEY:
            return ok(
                "ai", "Anthropic: ANTHROPIC_API_KEY is not set: drafts are made from templates, and say so"
            )
        case Missing.OPENAI_KEY:
            return warning(
                "ai", "OpenAI is chosen (ai.provider), but OPENAI_API_KEY is not set: drafts are made from templates",
                "Put the key into .env, or name a server of your own in OPENAI_BASE_URL",
            )  # fmt: skip
        case Missing.MODEL:
            return warning(
                "ai", f"{openai.shown_url(settings)} is chosen, but no model is: drafts are made from templates",
                "Put its name into ai.openai_model with `nexus import`; docs/ai-providers.md shows how",
            )  # fmt: skip
    if choice.provider == "anthropic":
        return ok("ai", f"Anthropic: ANTHROPIC_API_KEY is set; models: {models}")
    key = "OPENAI_API_KEY is set" if settings.openai_api_key else "asked without a key"
    return ok("ai", f"OpenAI-compatible, {openai.shown_url(settings)}: {key}; models: {models}")


async def check_redis(settings: Settings) -> Finding:
    """Check that Redis answers, where it is used."""
    if settings.redis_url is None:
        return ok("redis", "REDIS_URL is not set: jobs are done inside the process of `nexus run`")
    client = Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_connect_timeout=_REDIS_SECONDS, socket_timeout=_REDIS_SECONDS, retry=Retry(NoBackoff(), 0),
    )  # fmt: skip
    try:
        await client.ping()
        policy = (await client.config_get("maxmemory-policy")).get("maxmemory-policy", "noeviction")
    except (RedisError, OSError, TimeoutError, ValueError) as error:
        return failure(
            "redis", f"Redis does not answer ({error.__class__.__name__})", "Check REDIS_URL and that it runs"
        )
    finally:
        await client.aclose()
    if policy != "noeviction":
        return warning(
            "redis", f"Redis throws keys away when memory is short (maxmemory-policy {policy})",
            "Set maxmemory-policy to noeviction; posts are not lost either way, they wait for the next scan",
        )  # fmt: skip
    return ok("redis", "Redis answers")


def check_disk(home: Path) -> Finding:
    """Check that the home folder has room."""
    free = shutil.disk_usage(home).free
    text = f"{free / 1024**3:.1f} GiB free at {home}"
    if free < _NO_DISK:
        return failure("disk", text, "Make room, or move NEXUS_HOME to a larger disk")
    if free < _LOW_DISK:
        return warning("disk", text, "Make room soon, or move NEXUS_HOME to a larger disk")
    return ok("disk", text)
