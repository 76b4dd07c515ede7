"""Is every secret column sealed?"""

import re

from sqlalchemy import text

from core.channels import service as channels
from core.db.models import Base
from core.platforms.registry import PLATFORMS
from core.products import service as products
from core.products import webhook_secret
from core.runtime import Runtime

_SECRET_NAME = re.compile(r"(?:^|_)(?:token|secret|credentials|password|api_key|private_key)$")
# Each of these is sealed before it is stored; the test below looks at the stored value.
_SEALED = {
    "channels.credentials", "channel_applications.credentials", "channel_consents.secret", "products.webhook_secret",
    "products.previous_webhook_secret",
}  # fmt: skip


def test_columns_that_sound_secret_are_known_to_be_sealed() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if _SECRET_NAME.search(column.name)
    }
    assert found == _SEALED


async def test_what_is_stored_is_sealed(runtime: Runtime) -> None:
    assert "telegram" in PLATFORMS
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Sealed")
        webhook_secret.seal(runtime.keyring, product, "the first webhook secret")
        webhook_secret.rotate(runtime.keyring, product, "a webhook secret", now=runtime.clock.now())
        await channels.connect(
            session,
            runtime.keyring,
            product_id=product.id,
            platform="telegram",
            platform_name=None,
            credentials={"bot_token": "123456:TEST", "chat_id": "-1001"},
        )
    async with runtime.unit_of_work() as session:
        stored = (await session.execute(text("SELECT credentials::text FROM channels"))).scalar_one()
        query = text("SELECT webhook_secret, previous_webhook_secret FROM products")
        secrets = (await session.execute(query)).one()
    assert "123456:TEST" not in stored
    assert '"nx1.' in stored
    assert [secret.partition(".")[0] for secret in secrets] == ["nx1", "nx1"]
