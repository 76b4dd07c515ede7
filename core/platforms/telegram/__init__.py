"""What is Telegram to NEXUS? Channels and groups, reached by the Bot API over plain HTTP.

There is no ``look_up``: the Bot API cannot read a channel back, so a lost answer is the owner's to settle.
"""

from core.platforms.base import Platform
from core.platforms.telegram.client import Credentials
from core.platforms.telegram.connect import WAYS, check
from core.platforms.telegram.mapping import SLUG, render
from core.platforms.telegram.metrics import followers, invite
from core.platforms.telegram.options import CHOICES
from core.platforms.telegram.publishing import delete, edit, publish

PLATFORM = Platform(
    slug=SLUG,
    title="Telegram",
    credentials=Credentials,
    default_api_base="https://api.telegram.org",
    render=render,
    publish=publish,
    check=check,
    idempotent=False,
    edit=edit,
    delete=delete,
    look_up=None,
    ways=WAYS,
    choices=CHOICES,
    followers=followers,
    invite=invite,
)
