"""Does every platform have its page, its manners for the model, and a strict server to be held to?"""

from pathlib import Path

import pytest

from bot.i18n import translator
from core.platforms.registry import PLATFORMS
from tests.fakes.platforms.registry import FAKES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("slug", sorted(PLATFORMS))
def test_a_platform_has_its_page(slug: str) -> None:
    text = (ROOT / "docs/platforms" / f"{slug}.md").read_text(encoding="utf-8")
    for part in ("## What to create", "## What is counted", "## When something goes wrong"):
        assert part in text


@pytest.mark.parametrize("slug", sorted(PLATFORMS))
def test_the_page_names_every_way_the_chat_offers(slug: str) -> None:
    text = " ".join((ROOT / "docs/platforms" / f"{slug}.md").read_text(encoding="utf-8").split())
    for way in PLATFORMS[slug].ways:
        label = translator("en").label(f"way-{slug}-{way.code}").partition(" ")[2]
        assert f"**{label}**" in text, f"{slug}: the chat offers {label!r}, and the page does not tell of it"


def test_a_platform_has_a_server_to_be_held_to() -> None:
    assert set(FAKES) == set(PLATFORMS) - {"telegram"}, "Telegram's is the sandbox"
