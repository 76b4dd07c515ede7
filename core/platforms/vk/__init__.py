"""What is VK to NEXUS? The wall of a community or a person, reached by a user's token.

`wall.post` takes a `guid` that is said to drop repetitions; nobody documents for how long, so it is sent and not relied
on: an unknown outcome is looked up on the wall.
"""

from core.platforms.base import Platform
from core.platforms.vk.client import API, OAUTH, Credentials
from core.platforms.vk.connect import check, expires_at, lasts_until, refresh
from core.platforms.vk.consent import CONSENT
from core.platforms.vk.mapping import render
from core.platforms.vk.metrics import followers, metrics, metrics_of_many
from core.platforms.vk.publishing import delete, edit, look_up, publish
from core.platforms.vk.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://api.vk.com",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=edit,
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    metrics_of_many=metrics_of_many,
    followers=followers,
    refresh=refresh,
    expires_at=expires_at,
    lasts_until=lasts_until,
    oauth=OAUTH,
    ways=(*CONSENT, *PASTED),
)
