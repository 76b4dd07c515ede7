"""Every platform that has a strict server, served on loopback, with a channel of it ready to be called."""

import dataclasses
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from core.clock import ManualClock
from core.media.store import MediaStore
from core.platforms.base import Platform, Target
from core.platforms.registry import PLATFORMS
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform


@pytest.fixture(params=sorted(FAKES))
async def fake(request: pytest.FixtureRequest, clock: ManualClock) -> AsyncGenerator[FakePlatform]:
    """One platform's server after the other."""
    server = FAKES[request.param](clock)
    async with server.serving():
        yield server


@pytest.fixture
def platform(fake: FakePlatform) -> Platform:
    """The adapter that talks to ``fake``."""
    return PLATFORMS[fake.slug]


@pytest.fixture
async def target(
    fake: FakePlatform, platform: Platform, tmp_path: Path, clock: ManualClock
) -> AsyncGenerator[Target]:
    """A channel on ``fake``; waiting for an answer is cut short."""
    timeout = aiohttp.ClientTimeout(total=5, connect=2, sock_read=0.5)
    fake.files_from = MediaStore(tmp_path / "media")
    async with aiohttp.ClientSession(timeout=timeout) as http:
        yield Target(
            channel_id=uuid.UUID(int=7),
            credentials=platform.credentials.model_validate(dict(fake.credentials())),
            settings=fake.settings(),
            http=http,
            media=fake.files_from,
            clock=clock,
            api_base=fake.url,
            public_address=fake.fetchable,
        )


def replaced(target: Target, **changes: Any) -> Target:
    """Return ``target`` with other fields."""
    return dataclasses.replace(target, **changes)
