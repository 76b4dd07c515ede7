"""Which fixtures do whole-flow tests share?"""

from collections.abc import AsyncGenerator

import aiohttp
import pytest


@pytest.fixture
async def http() -> AsyncGenerator[aiohttp.ClientSession]:
    """A client for the sandbox's page API."""
    async with aiohttp.ClientSession() as session:
        yield session
