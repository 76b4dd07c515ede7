"""Where do the settings screens get what they show?"""

from datetime import timedelta

from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.context import Context
from bot.i18n import Markup
from bot.screens.settings import view
from bot.screens.settings.fields import Code, Section, Shape
from bot.ui.screen import Screen
from core.ai import offering
from core.errors import Stale
from core.notifications import service as notifications
from core.platforms.registry import title_of
from core.products.voice_fields import mark_of
from core.settings import service as settings

_WEEK = timedelta(days=7)


async def load(ctx: Context, code: Code | None = None) -> view.SettingsModel:
    """Load all settings; the models that can be chosen only for a setting that is one."""
    async with ctx.runtime.unit_of_work() as session:
        general = await settings.get(session, settings.General)
        publishing = await settings.get(session, settings.Publishing)
        ai = await settings.get(session, settings.Ai)
        muted = await notifications.muted_since(session, ctx.now - _WEEK)
    model = view.SettingsModel(general, publishing, ai, ctx.now, muted=muted)
    if code is None or model.spec(code).shape is not Shape.MODEL:
        return model
    env = ctx.runtime.settings
    name = str(model.spec(code).value(ai))
    return view.SettingsModel(
        general,
        publishing,
        ai,
        ctx.now,
        offers=offering.offers(env, ai),
        chosen={name: offering.priced(env, ai, name)} if name else {},
        muted=muted,
    )


async def overview_screen(ctx: Context) -> Screen:
    """Load and draw everything."""
    return view.overview(await load(ctx), ctx.t)


async def home_of(ctx: Context, code: Code) -> Screen:
    """Load and draw the screen on which a setting has its line."""
    model = await load(ctx)
    section = model.spec(code).section
    return view.section(model, section, ctx.t) if section else view.overview(model, ctx.t)


async def section_screen(ctx: Context, section: Section) -> Screen:
    """Load and draw one group."""
    return view.section(await load(ctx), section, ctx.t)


async def platforms_screen(ctx: Context) -> Screen:
    """Load and draw the limits by platform."""
    limits = (await load(ctx)).publishing.max_per_platform_per_day
    slugs = sorted({*ctx.runtime.platforms, *limits})
    titles = {slug: title_of(slug, ctx.runtime.platforms) for slug in slugs}
    return view.platforms(limits, titles, ctx.t)


async def platform_screen(ctx: Context, slug: str) -> Screen:
    """Load and draw one platform's limit."""
    limits = (await load(ctx)).publishing.max_per_platform_per_day
    return view.one_platform(slug, title_of(slug, ctx.runtime.platforms), limits.get(slug), ctx.t)


async def platform_marked(ctx: Context, mark: int) -> str:
    """Return the platform a button names. Raises ``Stale``."""
    limits = (await load(ctx)).publishing.max_per_platform_per_day
    for slug in {*ctx.runtime.platforms, *limits}:
        if mark_of(slug) == mark:
            return slug
    raise Stale("this platform is not there any more")


async def elsewhere_screen(ctx: Context) -> Screen:
    """Say what the environment holds, never a value of it that could be a secret, and name the owners."""
    env, t = ctx.runtime.settings, ctx.t
    kept = {
        "TELEGRAM_BOT_TOKEN": env.telegram_bot_token is not None,
        "ANTHROPIC_API_KEY": env.anthropic_api_key is not None,
        "OPENAI_API_KEY": env.openai_api_key is not None,
        "OPENAI_BASE_URL": env.openai_base_url is not None,
        "SMTP_URL": env.smtp_url is not None,
        "ALERT_WEBHOOK_URL": env.alert_webhook_url is not None,
        "DATABASE_URL": env.database_url is not None,
        "REDIS_URL": env.redis_url is not None,
        "PUBLIC_URL": env.public_url is not None,
        "NEXUS_SECRET_KEYS": env.nexus_secret_keys is not None,
    }
    lines: list[Markup] = [
        t(
            "settings-env-set" if is_set else "settings-env-unset",
            name=name,
            about=t.label(f"settings-env-{name}"),
        )
        for name, is_set in kept.items()
    ]
    return view.elsewhere(lines, [await _owner(ctx, owner) for owner in env.telegram_owner_ids], t)


async def _owner(ctx: Context, user_id: int) -> str:
    """Return the owner's name as Telegram tells it; it knows only those who have written to the bot."""
    try:
        chat = await ctx.bot.get_chat(user_id)
    except (TelegramAPIError, ClientDecodeError):
        return ctx.t.label("settings-owner-unknown", id=str(user_id))
    name = " ".join(part for part in (chat.first_name, chat.last_name) if part)
    handle = f"@{chat.username}" if chat.username else ""
    return " · ".join(part for part in (name, handle, str(user_id)) if part)
