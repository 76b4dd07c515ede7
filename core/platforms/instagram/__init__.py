"""What is Instagram to NEXUS? A professional account, reached by the Graph API; it fetches files by their addresses.

An unknown outcome is cleared up by the container's own status, and else looked up among the account's newest posts.
"""

from datetime import timedelta

from core.platforms.base import Platform
from core.platforms.instagram.client import API, OAUTH, Credentials
from core.platforms.instagram.connect import check, expires_at, refresh
from core.platforms.instagram.consent import CONSENT
from core.platforms.instagram.mapping import render
from core.platforms.instagram.metrics import followers, metrics
from core.platforms.instagram.publishing import look_up, publish
from core.platforms.instagram.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://graph.instagram.com/v25.0",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=None,  # captions cannot be changed by the API
    delete=None,  # nor posts removed
    look_up=look_up,
    metrics=metrics,
    followers=followers,
    refresh=refresh,
    expires_at=expires_at,
    oauth=OAUTH,
    renew_ahead=timedelta(days=10),  # of 60
    ways=(*CONSENT, *PASTED),
)
