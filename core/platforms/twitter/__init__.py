"""What is X to NEXUS? An account reached by the API's second version, with tokens of the owner's own application.

X knows no idempotency keys, so an unknown outcome is looked up among the account's newest posts. The slug is the data
model's, from before the platform was renamed.
"""

from core.platforms.base import Platform
from core.platforms.connecting import Choice
from core.platforms.twitter.client import API, OAUTH, Credentials
from core.platforms.twitter.connect import check, expires_at, lasts_until, refresh
from core.platforms.twitter.consent import CONSENT
from core.platforms.twitter.mapping import render
from core.platforms.twitter.metrics import followers, metrics, metrics_of_many
from core.platforms.twitter.publishing import delete, look_up, publish
from core.platforms.twitter.ways import PASTED

PLATFORM = Platform(
    slug=API.slug,
    title=API.title,
    credentials=Credentials,
    default_api_base="https://api.x.com",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=None,  # the API offers none
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
    choices=(Choice("numbers", ("on", "off")),),  # each answer is paid for
)
