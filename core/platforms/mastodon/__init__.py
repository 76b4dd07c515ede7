"""What is Mastodon to NEXUS? One account on one server that speaks its API; servers differ in limits and in kindness.

Mastodon itself drops a repetition under the same `Idempotency-Key` for about an hour, but not every compatible server
does, so the key is sent and not relied on: an unknown outcome is looked up among the account's own posts.
"""

from core.platforms.base import Platform
from core.platforms.mastodon.client import API, Credentials
from core.platforms.mastodon.connect import check
from core.platforms.mastodon.consent import CONSENT
from core.platforms.mastodon.mapping import render
from core.platforms.mastodon.metrics import followers, metrics
from core.platforms.mastodon.publishing import delete, edit, look_up, publish
from core.platforms.mastodon.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://mastodon.social",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=edit,
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    followers=followers,
    ways=(*CONSENT, *PASTED),
)
