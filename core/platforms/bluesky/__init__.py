"""What is Bluesky to NEXUS? An account on a personal data server, written to as records whose keys we choose.

A post is a record under a key derived from the publication, and written only where there is none: a repetition finds
the record instead of making a second one, so publishing is idempotent and can be looked up exactly.
"""

from core.platforms.base import Platform
from core.platforms.bluesky.client import API, Credentials
from core.platforms.bluesky.mapping import render
from core.platforms.bluesky.metrics import followers, metrics, metrics_of_many
from core.platforms.bluesky.publishing import delete, look_up, publish
from core.platforms.bluesky.session import check, expires_at, refresh
from core.platforms.bluesky.ways import WAYS

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://bsky.social",
    render=render,
    publish=publish,
    check=check,
    idempotent=True,
    edit=None,  # the app shows the first version of a post for ever
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    metrics_of_many=metrics_of_many,
    followers=followers,
    refresh=refresh,
    expires_at=expires_at,
    ways=WAYS,
)
