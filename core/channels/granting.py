"""What does a consent give? The code becomes tokens, the tokens accounts, and each right is looked at by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from core.channels import applications, connecting
from core.channels.connecting import Found
from core.channels.errors import (
    AnotherAccount,
    ApplicationRefused,
    ChannelLacksRights,
    CodeExpired,
    NoAccounts,
    ScopesMissing,
)
from core.channels.models import Channel, ChannelStatus
from core.errors import AuthExpired, NexusError, PlatformError, Unsupported
from core.platforms import oauth
from core.platforms.base import Platform, Target
from core.platforms.connecting import Consent, Offered, Way
from core.platforms.oauth import Client
from core.runtime import Runtime

_UNUSUAL = re.compile(r"[^\w-]")  # what the name of a text cannot hold
_NAMED = 3  # accounts that are named where none of many is the channel's


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the token address wants to see."""

    code: str = field(repr=False)
    redirect: str
    verifier: str = field(repr=False)
    echoed: Mapping[str, str] = field(default_factory=dict)


class _Nobody(BaseModel):
    """Credentials of a target that has none yet."""


def consent_of(way: Way) -> Consent:
    """Return the way's consent. Raises ``Unsupported`` where it has none."""
    if way.consent is None:
        raise Unsupported(f"the way {way.code!r} leads to no consent page")
    return way.consent


def target(runtime: Runtime, platform: Platform, given: Mapping[str, str], before: Channel | None) -> Target:
    """Make the platform ready to be called: where the owner said, else where the channel was, else the usual place."""
    where = connecting.settings_of(runtime, platform, given)
    return connecting.target(runtime, platform, _Nobody(), {**(before.settings if before else {}), **where})


def address(of: str, target: Target) -> str:
    """Return a whole address for a path of the API, or for an address that another server stands in for."""
    base = str(target.settings.get("oauth_base") or "").rstrip("/")
    if of.startswith("/"):
        return f"{base or target.api_base}{of}"
    return f"{base}{urlsplit(of).path}" if base else of


async def accounts(
    runtime: Runtime,
    platform: Platform,
    way: Way,
    how: Exchange,
    given: Mapping[str, str],
    before: Channel | None,
) -> tuple[Sequence[Offered], list[dict[str, Any]]]:
    """Return the accounts the login gives, and the rights looked at as ``{code, held, needed}``.

    Raises ``CodeExpired``, ``ApplicationRefused``, ``ScopesMissing``, ``NoAccounts``, ``PlatformError``.
    """
    consent, called = consent_of(way), target(runtime, platform, given, before)
    client = await applications.client_of(runtime, platform, consent, called, how.redirect)
    tokens = await _exchange(platform, consent, called, client, how)
    granted = await consent.login(called, {**how.echoed, **tokens}, client)
    rights = _rights(platform.slug, consent, granted.scopes)
    if any(right["needed"] and not right["held"] for right in rights):
        raise ScopesMissing("the owner left out what publishing needs", rights=rights)
    if not granted.accounts:
        raise NoAccounts("the login gives no account to post to", platform=platform.title)
    return granted.accounts, rights


async def _exchange(
    platform: Platform, consent: Consent, called: Target, client: Client, how: Exchange
) -> dict[str, Any]:
    way = oauth.Way(
        called.http, called.clock, address(consent.oauth.token, called), platform.slug, platform.title
    )
    try:
        return await oauth.exchange(
            way,
            consent.oauth,
            client,
            code=how.code,
            redirect=how.redirect,
            verifier=how.verifier,
            **how.echoed,
        )
    except AuthExpired as error:
        reason = str(error.params.get("reason") or "")
        if error.error_code == "grant-over":
            raise CodeExpired("the code is over", reason=reason) from None
        prefix = consent.application
        raise ApplicationRefused(
            "the application is refused",
            settings=f"{prefix}_CLIENT_ID, {prefix}_CLIENT_SECRET",
            reason=reason,
        ) from None


def _rights(slug: str, consent: Consent, scopes: frozenset[str] | None) -> list[dict[str, Any]]:
    if scopes is None:
        return []
    # "write" holds "write:statuses".
    return [
        {
            "code": f"{slug}-scope-{_UNUSUAL.sub('-', scope)}",
            "held": scope in scopes or (":" in scope and scope.partition(":")[0] in scopes),
            "needed": scope in consent.needed,
        }
        for scope in consent.oauth.scopes
    ]


def own_of(runtime: Runtime, before: Channel | None, offered: Sequence[Offered]) -> Sequence[Offered]:
    """Return, of the accounts offered, those that may be meant: only the channel's own while it is connected.

    Raises ``AnotherAccount`` when there are several and none is the channel's.
    """
    if before is None or before.status == ChannelStatus.DISCONNECTED or len(offered) == 1:
        return offered
    known = connecting.names(runtime, before)
    own = [one for one in offered if known & {str(value).casefold() for value in one.credentials.values()}]
    if known and not own:
        others = [one.name for one in offered if one.name]
        shown = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
        raise AnotherAccount(
            "none of these accounts is the channel's",
            before=before.platform_name or before.platform,
            name=shown,
        )
    return own or offered


async def prove(
    runtime: Runtime, platform: Platform, offered: Offered, given: Mapping[str, str], before: Channel | None
) -> Found:
    """Have the platform say whose the account is. Raises as ``connecting.examine``, and what stands in the way."""
    where = {**connecting.settings_of(runtime, platform, given), **offered.settings}
    kept = before.settings if before is not None else {}
    found = await connecting.prove_account(runtime, platform, offered.credentials, where, kept)
    if before is not None:
        connecting.refuse_another(runtime, before, found)
    if not found.account.usable:
        missing = [
            {"code": problem.code, "held": False, "needed": True} for problem in found.account.problems
        ]
        raise ChannelLacksRights("the account may not publish", name=found.account.name, rights=missing)
    return found


def told(error: NexusError) -> dict[str, Any]:
    """Return what the owner is told of a failure, as it is kept: codes and names, no texts of ours."""
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    detail = error.error_code if isinstance(error, PlatformError) else str(error.params.get("reason") or "")
    kept: dict[str, Any] = {"code": error.code, "detail": detail, "said": str(error)[:300], "params": params}
    if isinstance(error.params.get("rights"), list):
        kept["rights"] = error.params["rights"]
    return kept
