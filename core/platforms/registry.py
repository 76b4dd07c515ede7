"""Which platforms exist? One line each."""

from collections.abc import Mapping
from types import MappingProxyType

from core.errors import Unsupported
from core.platforms import (
    bluesky,
    discord,
    facebook,
    instagram,
    linkedin,
    mastodon,
    telegram,
    threads,
    twitter,
    vk,
    webhook,
)
from core.platforms.base import Platform

_ALL: tuple[Platform, ...] = (
    telegram.PLATFORM,
    twitter.PLATFORM,
    discord.PLATFORM,
    vk.PLATFORM,
    linkedin.PLATFORM,
    instagram.PLATFORM,
    facebook.PLATFORM,
    threads.PLATFORM,
    bluesky.PLATFORM,
    mastodon.PLATFORM,
    webhook.PLATFORM,
)

PLATFORMS: Mapping[str, Platform] = MappingProxyType({platform.slug: platform for platform in _ALL})


def get_platform(slug: str) -> Platform:
    """Return the platform called ``slug``. Raises ``Unsupported``."""
    try:
        return PLATFORMS[slug]
    except KeyError:
        raise Unsupported(f"there is no platform called {slug!r}", platform=slug) from None


def title_of(slug: str, platforms: Mapping[str, Platform] = PLATFORMS) -> str:
    """Return how the platform is called ("Telegram"); its slug when it is not one of ``platforms``."""
    platform = platforms.get(slug)
    return platform.title if platform else slug
