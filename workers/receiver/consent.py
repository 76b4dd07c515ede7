"""What when the owner comes back from a platform's consent page? The link is settled, and a small page says so."""

import structlog
from aiohttp import web

from core.channels import consenting
from core.channels.consenting import Ending, Returned
from core.channels.consents import Refusal
from core.channels.models import ConsentStatus
from core.chats import service as chats
from core.outage import UNAVAILABLE
from core.platforms.registry import title_of
from core.runtime import Runtime
from core.settings import service as settings
from workers.receiver.keys import RUNTIME
from workers.receiver.pages import Outcome, page

log = structlog.get_logger(__name__)

PATH = "/oauth/{platform}/callback"
_LONGEST_STATE, _LONGEST = 200, 4000  # characters

_OUTCOMES = {
    Refusal.UNKNOWN: Outcome.UNKNOWN,
    Refusal.USED: Outcome.USED,
    Refusal.EXPIRED: Outcome.EXPIRED,
    ConsentStatus.DONE: Outcome.CONNECTED,
    ConsentStatus.CHOOSING: Outcome.CHOOSE,
}


async def callback(request: web.Request) -> web.Response:
    """Settle the link; nothing of what came with it is shown or logged."""
    runtime = request.app[RUNTIME]
    platform = request.match_info["platform"]
    query = {name: value[:_LONGEST] for name, value in request.query.items()}
    returned = Returned(
        state=query.get("state", "")[:_LONGEST_STATE],
        # Meta appends "#_" to the address; some browsers take it along.
        code=query.get("code", "").removesuffix("#_"),
        error=query.get("error", ""),
        more=query,
    )
    try:
        ending = await consenting.finish(runtime, platform, returned)
        language = await _language(runtime, ending)
    except UNAVAILABLE as error:
        log.warning("consent_not_settled", platform=platform, reason=type(error).__name__)
        return page(Outcome.AWAY, "en", "")
    outcome = _OUTCOMES.get(ending.status, Outcome.DENIED if ending.denied else Outcome.FAILED)
    return page(outcome, language, title_of(platform, runtime.platforms) if ending.chat_id else "")


async def _language(runtime: Runtime, ending: Ending) -> str:
    """Return the owner's language: the chat's, else the one NEXUS speaks."""
    async with runtime.unit_of_work() as session:
        chat = await chats.get(session, ending.chat_id) if ending.chat_id is not None else None
        if chat is not None and chat.language:
            return chat.language
        return (await settings.get(session, settings.General)).language
