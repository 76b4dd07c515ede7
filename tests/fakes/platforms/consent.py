"""Where does the owner agree? A consent page as strict as the real ones, with codes that work once and not for long."""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from aiohttp import web

from core.clock import Clock

_CHALLENGE = re.compile(r"[\w-]{43}", re.ASCII)


class Trouble(StrEnum):
    """Why a code is not exchanged."""

    CLIENT = "client"  # unknown, or a wrong secret
    CODE = "code"  # unknown, used, expired, another redirect, or a wrong verifier


@dataclass(slots=True)
class _Code:
    redirect: str
    scopes: tuple[str, ...]
    challenge: str
    expires: datetime
    used: bool = False


@dataclass(slots=True)
class ConsentPage:
    """The page of one application, and somebody who says yes, no, or yes to a part."""

    clock: Clock
    client_id: str
    secret: str
    known_scopes: tuple[str, ...]
    pkce: bool = True
    separator: str = " "
    seconds: int = 30  # a code lives
    more: Mapping[str, str] = field(default_factory=dict)  # what is added to the way back
    redirects: set[str] = field(default_factory=set)  # registered; anything else is refused
    denies: bool = False
    leaves_out: frozenset[str] = frozenset()
    down: bool = False  # the token address answers 503
    codes: dict[str, _Code] = field(default_factory=dict)
    visits: int = 0

    async def authorize(self, request: web.Request) -> web.Response:
        """Check what the link asks for, and send the browser back."""
        query, self.visits = request.query, self.visits + 1
        scopes = tuple(one for one in query.get("scope", "").split(self.separator) if one)
        problems = {
            "client_id": query.get("client_id") == self.client_id,
            "redirect_uri": query.get("redirect_uri") in self.redirects,
            "response_type": query.get("response_type") == "code",
            "scope": bool(scopes) and set(scopes) <= set(self.known_scopes),
            "state": len(query.get("state", "")) >= 16,
            "verifier": "code_verifier" not in query,
            "code_challenge": not self.pkce
            or (
                query.get("code_challenge_method") == "S256"
                and _CHALLENGE.fullmatch(query.get("code_challenge", "")) is not None
            ),
        }
        wrong = [name for name, fine in problems.items() if not fine]
        if wrong:
            return web.Response(status=400, text=f"wrong: {', '.join(wrong)}")
        back = {"state": query["state"]}
        if self.denies:
            back |= {"error": "access_denied", "error_description": "The user denied the request"}
        else:
            back |= {"code": secrets.token_urlsafe(24), **self.more}
            granted = tuple(one for one in scopes if one not in self.leaves_out)
            challenge = query.get("code_challenge", "")
            expires = self.clock.now() + timedelta(seconds=self.seconds)
            self.codes[back["code"]] = _Code(query["redirect_uri"], granted, challenge, expires)
        return web.Response(status=302, headers={"Location": f"{query['redirect_uri']}?{urlencode(back)}"})

    def spend(
        self, request: web.Request, form: Mapping[str, object], *, basic: bool = False
    ) -> tuple[str, ...] | Trouble:
        """Return the scopes agreed to, once, for a code with everything that belongs to it."""
        if basic:
            pair = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
            known = request.headers.get("Authorization") == f"Basic {pair}" and "client_secret" not in form
        else:
            known = form.get("client_id") == self.client_id and (
                form.get("client_secret") == self.secret if self.secret else "client_secret" not in form
            )
        if not known:
            return Trouble.CLIENT
        code = self.codes.get(str(form.get("code")))
        verifier = str(form.get("code_verifier", ""))
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        if (
            code is None
            or code.used
            or code.expires < self.clock.now()
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != code.redirect
            or (self.pkce and digest != code.challenge)
        ):
            return Trouble.CODE
        code.used = True
        return code.scopes

    def answer(
        self,
        request: web.Request,
        form: Mapping[str, object],
        tokens: Callable[[tuple[str, ...]], Mapping[str, object]],
        refused: Callable[[Trouble], web.Response],
        *,
        basic: bool = False,
    ) -> web.Response:
        """Answer at the token address, in the platform's own form."""
        if self.down:
            return web.Response(status=503, text="over capacity")
        spent = self.spend(request, form, basic=basic)
        return refused(spent) if isinstance(spent, Trouble) else web.json_response(dict(tokens(spent)))


def plain_refusal(trouble: Trouble) -> web.Response:
    """Refuse as RFC 6749 says."""
    if trouble is Trouble.CLIENT:
        return web.json_response({"error": "invalid_client"}, status=401)
    return web.json_response({"error": "invalid_grant", "error_description": "The code is over"}, status=400)
