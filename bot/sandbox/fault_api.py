"""How do tests in another process break things on purpose, and see what was called?"""

from dataclasses import asdict

from aiohttp import web

from bot.sandbox.model import Json
from bot.sandbox.params import read_params
from bot.sandbox.refusals import bad_request
from bot.sandbox.state import Sandbox

NUMBERS = frozenset({"chat_id", "bot_id", "times", "every", "skip", "seconds", "retry_after"})


class FaultApi:
    """`/sandbox/api/faults`, `/flood`, `/journal` and `/files`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def list_faults(self, _request: web.Request) -> Json:
        """The rules in force and how often each hit."""
        return {"faults": self._sandbox.faults.body()}

    async def add_fault(self, request: web.Request) -> Json:
        """A rule from the fields of `Fault`."""
        fields = dict((await read_params(request)).fields)
        kind, method = str(fields.pop("kind", "")), str(fields.pop("method", "*"))
        if any(
            value is not None and not isinstance(value, (int, float))
            for name, value in fields.items()
            if name in NUMBERS
        ):
            raise bad_request("numbers of a fault must be JSON numbers")
        try:
            return {"fault": asdict(self._sandbox.faults.add(kind, method, **fields))}
        except (ValueError, TypeError) as error:
            raise bad_request(str(error)) from error

    async def clear_faults(self, request: web.Request) -> Json:
        """Remove the rule `?id=`, or all; calls that hang are let go."""
        wanted = request.query.get("id", "")
        self._sandbox.faults.clear(int(wanted) if wanted.isdigit() else None)
        return {"faults": self._sandbox.faults.body()}

    async def flood(self, request: web.Request) -> Json:
        """Switch the sending limits on or off: `{"enabled": true}`."""
        self._sandbox.flood.enabled = (await read_params(request)).flag("enabled")
        return {"enabled": self._sandbox.flood.enabled}

    async def journal(self, request: web.Request) -> Json:
        """Calls, oldest first: `?method=`, `?after=<number>`."""
        after = request.query.get("after", "0")
        method = request.query.get("method") or None
        return {"calls": self._sandbox.journal.body(method, after=int(after) if after.isdigit() else 0)}

    async def clear_journal(self, _request: web.Request) -> Json:
        """Start counting anew."""
        self._sandbox.journal.clear()
        return {"calls": []}
