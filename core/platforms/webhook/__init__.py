"""What is the webhook to NEXUS? Anything else: the post as signed JSON, sent to an address of the owner's.

The form is that of Standard Webhooks (https://www.standardwebhooks.com): the same `webhook-id` for every try, by which
a receiver drops repetitions; so a lost answer is sent again.
"""

from core.platforms.base import Platform
from core.platforms.webhook.mapping import SLUG, render
from core.platforms.webhook.publishing import DEFAULT_BASE, Credentials, check, publish
from core.platforms.webhook.ways import WAYS

PLATFORM = Platform(
    slug=SLUG,
    title="Webhook",
    credentials=Credentials,
    default_api_base=DEFAULT_BASE,
    render=render,
    publish=publish,
    check=check,
    idempotent=True,
    ways=WAYS,
)
