"""Where do errors go besides the log? To Sentry, when the owner has named one, without secrets and without posts.

What is sent is the error's type and text, the stack without the values in it, and the fields of the log line, all of it
through the same redaction as the log. No request, no breadcrumb, no performance data.
"""

import logging
import sys
from typing import TYPE_CHECKING, Any

from core.config import Settings
from core.redaction import Redactor, secrets_of

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

_ENOUGH_SECONDS = 2.0  # for the last errors of a process that ends
_ITS_OWN = ("sentry_sdk", "urllib3")
_OURS = frozenset({"event", "level", "logger", "timestamp", "exc_info", "stack_info"})


def report_errors(settings: Settings) -> None:
    """Send errors that are logged to ``SENTRY_DSN`` from now on; nothing where none is set.

    Raises ``ValueError`` when the address cannot be one of Sentry's.
    """
    if settings.sentry_dsn is None:
        return
    import sentry_sdk  # half a second and 15 MB that only those pay who want it

    redactor = Redactor([*secrets_of(settings)])

    def scrub(event: "Event", hint: "Hint") -> "Event":
        cleaned: Event = redactor.clean(event)
        return cleaned

    sentry_sdk.init(
        dsn=settings.sentry_dsn.get_secret_value(),
        environment=settings.sentry_environment,
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        traces_sample_rate=None,
        shutdown_timeout=_ENOUGH_SECONDS,
        before_send=scrub,
    )
    logging.getLogger().addHandler(_Handler(logging.ERROR))


class _Handler(logging.Handler):
    """Takes what is logged as an error: our own lines are mappings by the time they get here."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(_ITS_OWN):  # trouble with sending is no news to send
            return
        import sentry_sdk
        from sentry_sdk.utils import event_from_exception

        try:
            fields: dict[str, Any] = (
                record.msg if isinstance(record.msg, dict) else {"event": record.getMessage()}
            )
            event: Event = {
                "level": "fatal" if record.levelno >= logging.CRITICAL else "error",
                "logger": record.name,
                "message": str(fields.get("event", "")),
                "extra": {name: value for name, value in fields.items() if name not in _OURS},
            }
            failure = fields.get("exc_info") or record.exc_info
            hint: Hint | None = None
            if failure:
                raised = failure if isinstance(failure, (tuple, BaseException)) else sys.exc_info()
                known, hint = event_from_exception(raised, client_options=sentry_sdk.get_client().options)
                event = {**known, **event}
            correlation = fields.get("correlation_id")
            if correlation:
                event["tags"] = {"correlation_id": str(correlation)}
            sentry_sdk.capture_event(event, hint)
        except Exception:  # noqa: BLE001 - as every handler of the standard library does
            self.handleError(record)
