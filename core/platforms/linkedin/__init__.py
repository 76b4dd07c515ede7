"""What is LinkedIn to NEXUS? A person's or an organisation's feed, reached by the versioned Posts API.

LinkedIn knows no idempotency keys. Reading posts back needs a permission few applications have; with it an unknown
outcome is looked up, without it the owner is asked.
"""

from datetime import timedelta

from core.platforms.base import Platform
from core.platforms.linkedin.client import API, OAUTH, Credentials
from core.platforms.linkedin.connect import check, expires_at, lasts_until, refresh
from core.platforms.linkedin.consent import CONSENT
from core.platforms.linkedin.mapping import render
from core.platforms.linkedin.metrics import followers, metrics
from core.platforms.linkedin.publishing import delete, edit, look_up, publish
from core.platforms.linkedin.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://api.linkedin.com",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=edit,
    delete=delete,
    look_up=look_up,
    metrics=metrics,
    followers=followers,
    refresh=refresh,
    expires_at=expires_at,
    lasts_until=lasts_until,
    oauth=OAUTH,
    renew_ahead=timedelta(days=10),  # of 60
    ways=(*CONSENT, *PASTED),
)
