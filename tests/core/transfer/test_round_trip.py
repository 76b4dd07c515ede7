"""Does an import write what the document says, change nothing the second time, and come back by export?"""

import json
from typing import Any

import pytest
from sqlalchemy import func, select, text

from core.automations.models import Automation
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.platforms.registry import PLATFORMS
from core.products import service as products
from core.products import webhook_secret
from core.products.models import Product
from core.runtime import Runtime
from core.security.keyring import Keyring
from core.settings import service as settings
from core.templates.models import Template
from core.transfer import exporting, importing
from core.transfer.checking import read_document
from core.transfer.importing import Report

DOCUMENT: dict[str, Any] = {
    "products": [
        {
            "name": "Moonbird",
            "slug": "moonbird",
            "description": "Цена: $${PRICE}",
            "brand_voice": {"personality": ["calm"], "language": "ru"},
            "webhook_secret": "${HOOK}",
            "settings": {"site": "https://example.org"},
            "channels": [
                {
                    "platform": "telegram",
                    "platform_name": "@moonbird",
                    "credentials": {"bot_token": "${TG_TOKEN}", "chat_id": "-1001234567890"},
                    "settings": {"silent": True},
                }
            ],
            "templates": [
                {
                    "name": "News",
                    "content_type": "announcement",
                    "platforms": ["telegram"],
                    "structure": {"variables": ["title"], "format": "single"},
                }
            ],
            "automations": [
                {
                    "name": "On mint",
                    "trigger_type": "event",
                    "trigger_config": {"event": "mint", "source": "webhook"},
                    "conditions": [{"field": "rarity_score", "operator": ">=", "value": 95}],
                    "actions": [{"type": "generate", "template": "spotlight"}],
                    "enabled": False,
                }
            ],
        },
        {"name": "Second", "slug": "second"},
    ],
    "templates": [
        {"name": "Everywhere", "content_type": "recap", "structure": {"variables": [], "ai_hints": "short"}}
    ],
    "settings": {"general": {"timezone": "Europe/Moscow"}, "publishing": {"min_gap_hours": 3}},
}
ENVIRONMENT = {"TG_TOKEN": "123456:TEST", "HOOK": "a webhook secret"}


async def bring_in(runtime: Runtime, document: Any, **environment: str) -> Report:
    checked = read_document(
        json.dumps(document), "x.json", environment=ENVIRONMENT | environment, platforms=PLATFORMS
    )
    async with runtime.unit_of_work() as session:
        return await importing.apply(session, runtime.keyring, checked)


async def take_out(runtime: Runtime, *, with_secrets: bool) -> dict[str, Any]:
    async with runtime.unit_of_work() as session:
        return await exporting.document_of(session, runtime.keyring, PLATFORMS, with_secrets=with_secrets)


def counts(report: Report) -> dict[str, dict[str, int]]:
    return {kind: dict(counter) for kind, counter in report.counts.items() if counter}


async def test_import_writes_what_the_document_says(runtime: Runtime) -> None:
    report = await bring_in(runtime, DOCUMENT)
    assert counts(report) == {
        "products": {"created": 2},
        "channels": {"created": 1},
        "templates": {"created": 2},
        "automations": {"created": 1},
        "settings": {"updated": 2},
    }
    async with runtime.unit_of_work() as session:
        product = await products.by_slug(session, "moonbird")
        assert product is not None
        assert product.description == "Цена: ${PRICE}"
        assert product.brand_voice["vocabulary"] == {"preferred": [], "avoid": []}
        assert webhook_secret.reveal(runtime.keyring, product) == "a webhook secret"
        (channel,) = await channels.list_for_product(session, product.id)
        assert channels.open_credentials(runtime.keyring, channel)["bot_token"] == "123456:TEST"
        assert channel.settings == {"silent": True}
        assert (await settings.get(session, settings.General)).timezone == "Europe/Moscow"
        assert (await settings.get(session, settings.Publishing)).max_posts_per_day == 30
        automation = (await session.scalars(select(Automation))).one()
        assert automation.enabled is False


async def test_second_import_changes_nothing(runtime: Runtime) -> None:
    await bring_in(runtime, DOCUMENT)
    stamps = text(
        "SELECT updated_at::text, credentials::text FROM channels UNION ALL SELECT updated_at::text, name FROM products"
    )
    async with runtime.unit_of_work() as session:
        before = sorted(map(tuple, await session.execute(stamps)))
    report = await bring_in(runtime, DOCUMENT)
    assert not report.changed
    assert counts(report) == {
        "products": {"unchanged": 2},
        "channels": {"unchanged": 1},
        "templates": {"unchanged": 2},
        "automations": {"unchanged": 1},
        "settings": {"unchanged": 2},
    }
    async with runtime.unit_of_work() as session:
        assert sorted(map(tuple, await session.execute(stamps))) == before


async def test_only_what_is_named_changes(runtime: Runtime) -> None:
    await bring_in(runtime, DOCUMENT)
    report = await bring_in(runtime, {"products": [{"name": "Moonbird 2", "slug": "moonbird"}]})
    assert counts(report) == {"products": {"updated": 1}}
    async with runtime.unit_of_work() as session:
        product = await products.by_slug(session, "moonbird")
        assert product is not None
        assert (product.name, product.settings) == ("Moonbird 2", {"site": "https://example.org"})
        assert product.brand_voice["personality"] == ["calm"]
        assert await session.scalar(select(func.count()).select_from(Channel)) == 1


async def test_new_credentials_reconnect_a_broken_channel(runtime: Runtime) -> None:
    await bring_in(runtime, DOCUMENT)
    async with runtime.unit_of_work() as session:
        channel = (await session.scalars(select(Channel))).one()
        await channels.mark_error(session, channel.id, "token revoked")
    assert not (await bring_in(runtime, DOCUMENT)).changed
    report = await bring_in(runtime, DOCUMENT, TG_TOKEN="654321:TEST")
    assert counts(report)["channels"] == {"updated": 1}
    async with runtime.unit_of_work() as session:
        channel = (await session.scalars(select(Channel))).one()
        assert (channel.status, channel.error_message) == (ChannelStatus.ACTIVE, None)


async def test_a_lost_key_is_healed_by_the_document(runtime: Runtime) -> None:
    await bring_in(runtime, DOCUMENT)
    other = Keyring.parse(Keyring.new_key_text())
    checked = read_document(json.dumps(DOCUMENT), "x.json", environment=ENVIRONMENT, platforms=PLATFORMS)
    async with runtime.unit_of_work() as session:
        report = await importing.apply(session, other, checked)
    assert counts(report)["channels"] == {"updated": 1}
    async with runtime.unit_of_work() as session:
        channel = (await session.scalars(select(Channel))).one()
        assert channels.open_credentials(other, channel)["bot_token"] == "123456:TEST"


@pytest.mark.parametrize("with_secrets", [True, False])
async def test_export_comes_back_unchanged(runtime: Runtime, with_secrets: bool) -> None:
    await bring_in(runtime, DOCUMENT)
    document = await take_out(runtime, with_secrets=with_secrets)
    assert (ENVIRONMENT["TG_TOKEN"] in json.dumps(document)) is with_secrets
    report = await bring_in(
        runtime,
        document,
        MOONBIRD_TELEGRAM_BOT_TOKEN="123456:TEST",
        MOONBIRD_TELEGRAM_CHAT_ID="-1001234567890",
        MOONBIRD_WEBHOOK_SECRET="a webhook secret",
    )
    assert not report.changed, counts(report)


@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
async def test_both_formats_say_the_same(runtime: Runtime, name: str) -> None:
    await bring_in(runtime, DOCUMENT)
    document = await take_out(runtime, with_secrets=True)
    checked = read_document(exporting.as_text(document, name), name, environment={}, platforms=PLATFORMS)
    async with runtime.unit_of_work() as session:
        report = await importing.apply(session, runtime.keyring, checked)
    assert not report.changed


async def test_shipped_templates_are_not_exported(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Template))
    assert (await take_out(runtime, with_secrets=False))["templates"] == []


async def test_nothing_is_written_when_something_fails(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(channels, "connect", fail)
    with pytest.raises(OSError, match="disk"):
        await bring_in(runtime, DOCUMENT)
    async with runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 0
