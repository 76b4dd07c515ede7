"""Does a token work on this server, what is the account called, and what does the server allow?"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from core.platforms.base import Account, Target
from core.platforms.mastodon import client
from core.platforms.mastodon.ways import rights


async def check(target: Target) -> Account:
    """Show the account and learn the server's limits. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    account = await client.account(target)
    instance = await client.ask(target, "/api/v2/instance")
    configuration = instance.get("configuration") if isinstance(instance, Mapping) else None
    statuses = configuration.get("statuses") if isinstance(configuration, Mapping) else None
    limits = {
        name: value
        for name, value in (statuses if isinstance(statuses, Mapping) else {}).items()
        if name in {"max_characters", "max_media_attachments", "characters_reserved_per_url"}
        and isinstance(value, int)
    }
    url = account.get("url")
    number = f"{account['id']}@{urlsplit(target.api_base).netloc}"
    checked, problems = await rights(target)
    return Account(
        name=f"@{account.get('acct') or account.get('username') or account['id']}",
        url=url if isinstance(url, str) else None,
        settings={"instance": limits} if limits else {},
        credentials={"account_id": number},
        problems=problems,
        checked=checked,
        known_as=(number,),
    )
