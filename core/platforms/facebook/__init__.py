"""What is Facebook to NEXUS? A page, reached by the page's own token.

Facebook knows no idempotency keys; a page's posts can be read, so an unknown outcome is looked up.
"""

from core.platforms.base import Platform
from core.platforms.facebook.client import API, OAUTH, Credentials
from core.platforms.facebook.connect import check, expires_at
from core.platforms.facebook.consent import CONSENT
from core.platforms.facebook.mapping import render
from core.platforms.facebook.metrics import followers, metrics
from core.platforms.facebook.publishing import delete, edit, look_up, publish
from core.platforms.facebook.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://graph.facebook.com/v25.0",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=edit,
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    followers=followers,
    expires_at=expires_at,
    oauth=OAUTH,
    ways=(*CONSENT, *PASTED),
)
