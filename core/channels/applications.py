"""By which application does the owner agree? One from the settings, or one NEXUS registers with the owner's server."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.channels.errors import ApplicationRefused
from core.channels.models import ChannelApplication
from core.errors import Transient
from core.ids import new_id
from core.platforms import http
from core.platforms.base import Platform, Target
from core.platforms.connecting import Consent
from core.platforms.oauth import Client
from core.runtime import Runtime

_NAME = "NEXUS"


async def client_of(
    runtime: Runtime, platform: Platform, consent: Consent, target: Target, redirect: str
) -> Client:
    """Return the application; the first time at a server it is registered there and kept sealed.

    Raises ``ApplicationRefused`` when the settings no longer name one, ``PlatformError``.
    """
    if consent.application:
        client = consent.client(runtime.settings)
        if client is None:
            lacking = ", ".join(consent.lacks(runtime.settings))
            raise ApplicationRefused("the application is not set", settings=lacking, platform=platform.title)
        return client
    known = await _kept(runtime, platform.slug, target.api_base, redirect)
    if known is not None:
        return known
    client = await _register(platform, consent, target, redirect)
    async with runtime.unit_of_work() as session:
        identifier = new_id()
        sealed = runtime.keyring.seal_json({"id": client.id, "secret": client.secret}, *_context(identifier))
        values = {
            "id": identifier, "platform": platform.slug, "server": target.api_base, "redirect": redirect,
            "credentials": sealed,
        }  # fmt: skip
        await session.execute(insert(ChannelApplication).values(**values).on_conflict_do_nothing())
    # Whoever was first has it: two links at once must not come back to two applications.
    return await _kept(runtime, platform.slug, target.api_base, redirect) or client


def _context(identifier: object) -> tuple[str, str, str]:
    return "channel_applications", str(identifier), "credentials"


async def _kept(runtime: Runtime, slug: str, server: str, redirect: str) -> Client | None:
    async with runtime.unit_of_work() as session:
        row = await session.scalar(
            select(ChannelApplication).where(
                ChannelApplication.platform == slug,
                ChannelApplication.server == server,
                ChannelApplication.redirect == redirect,
            )
        )
    if row is None:
        return None
    opened = runtime.keyring.open_json(row.credentials, *_context(row.id))
    return Client(str(opened["id"]), str(opened["secret"]))


async def _register(platform: Platform, consent: Consent, target: Target, redirect: str) -> Client:
    request = http.Request(
        platform=platform.title, method="POST", url=f"{target.api_base}{consent.register}", publishes=False,
        clock=target.clock,
        data={"client_name": _NAME, "redirect_uris": redirect, "scopes": " ".join(consent.oauth.scopes)},
    )  # fmt: skip
    answer = await http.request(target.http, request)
    data = answer.data if isinstance(answer.data, Mapping) else {}
    found = data.get("client_id"), data.get("client_secret")
    if answer.status >= 400 or not all(isinstance(part, str) and part for part in found):
        raise Transient(
            f"{platform.title} did not take the registration",
            error_code="no-registration",
            platform=platform.slug,
        )
    return Client(str(found[0]), str(found[1]))
