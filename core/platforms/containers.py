"""How do Instagram and Threads publish? A container is made, waited for, and published; only the last is seen.

A container can be asked what has become of it, which is how a lost answer to the last call is cleared up at once: one
that says PUBLISHED is out, and one that says FINISHED is not.
"""

import asyncio
from collections.abc import Mapping

from core.errors import OutcomeUnknown, Rejected, Transient
from core.platforms import meta
from core.platforms.base import Target
from core.platforms.rest import Api, Call

_POLLS = 60
_POLL_SECONDS = 2.0


async def make(target: Target, api: Api, path: str, fields: Mapping[str, str], *, token: str) -> str:
    """Make a container and return its number. Nothing is visible yet: every failure may be tried again."""
    found = await meta.call(target, api, Call("POST", path, data=dict(fields)), token=token)
    return meta.text_of(target, api, found, "id", publishes=False)


async def wait(target: Target, api: Api, container: str, *, field: str, token: str) -> None:
    """Wait until the platform has fetched and processed the files. ``field`` is what it calls the status."""
    for attempt in range(_POLLS):
        status, reason = await _status(target, api, container, field, token)
        if status in {"FINISHED", "PUBLISHED"}:
            return
        if status in {"ERROR", "EXPIRED"}:
            raise Rejected(
                f"{api.title} cannot use these files: {reason or status}",
                error_code="media-refused", platform=api.slug, reason=reason or status,
            )  # fmt: skip
        await asyncio.sleep(0 if attempt == 0 else _POLL_SECONDS)
    raise Transient(
        f"{api.title} has not finished processing the files", error_code="media-pending", platform=api.title
    )


async def publish(
    target: Target, api: Api, path: str, container: str, *, field: str, token: str
) -> str | None:
    """Publish the container and return the post's number; None when it is out but its number was lost.

    Raises as ``core.platforms.base.Publish``; ``OutcomeUnknown`` only when the container cannot be asked either.
    """
    request = Call("POST", path, publishes=True, data={"creation_id": container})
    try:
        found = await meta.call(target, api, request, token=token)
        return meta.text_of(target, api, found, "id", publishes=True)
    except OutcomeUnknown:
        try:
            status, _ = await _status(target, api, container, field, token)
        except (Transient, Rejected):
            status = ""
        if status == "PUBLISHED":
            return None
        raise


async def _status(target: Target, api: Api, container: str, field: str, token: str) -> tuple[str, str]:
    params = {"fields": f"{field},error_message" if field == "status" else f"{field},status"}
    found = await meta.call(target, api, Call("GET", f"/{container}", params=params), token=token)
    state = found if isinstance(found, Mapping) else {}
    reason = state.get("error_message") if field == "status" else state.get("status")
    return str(state.get(field, "")), str(reason or "")
