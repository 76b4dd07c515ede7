"""What is Threads to NEXUS? An account, reached by its own API; it fetches files by their addresses.

An unknown outcome is cleared up by the container's own status, and else looked up among the account's newest posts.
"""

from datetime import timedelta

from core.platforms.base import Platform
from core.platforms.threads.client import API, OAUTH, Credentials
from core.platforms.threads.connect import check, expires_at, refresh
from core.platforms.threads.consent import CONSENT
from core.platforms.threads.mapping import render
from core.platforms.threads.metrics import followers, metrics
from core.platforms.threads.publishing import delete, look_up, publish
from core.platforms.threads.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://graph.threads.net/v1.0",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=None,  # the API offers none
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    followers=followers,
    refresh=refresh,
    expires_at=expires_at,
    oauth=OAUTH,
    renew_ahead=timedelta(days=10),  # of 60
    ways=(*CONSENT, *PASTED),
)
