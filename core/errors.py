"""What can go wrong, and who must act? The root of every error NEXUS raises on purpose."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Actor(StrEnum):
    """Who has to do something about an error."""

    NOBODY = "nobody"  # passes by itself; tried again
    OWNER = "owner"  # reconnect a channel, fix a text, choose
    US = "us"  # a defect or a broken installation


class NexusError(Exception):
    """Root of all deliberate errors.

    ``code`` is stable and names the locale text (``error-<code>``); ``params`` fill that text.
    """

    actor: ClassVar[Actor] = Actor.US
    code: ClassVar[str] = "internal"

    def __init__(self, message: str = "", /, **params: object) -> None:
        super().__init__(message or self.__class__.__doc__ or self.code)
        self.params = params


class ConfigError(NexusError):
    """A setting is wrong or missing; the message names it and says what to do. Exit code 2."""

    actor = Actor.OWNER
    code = "config"


class NotFound(NexusError):
    """The thing a button or command named is not there (any more)."""

    actor = Actor.OWNER
    code = "not-found"


class Stale(NexusError):
    """The screen the owner tapped is older than the truth; it is drawn again instead."""

    actor = Actor.OWNER
    code = "stale"


class InvalidInput(NexusError):
    """Something typed or sent cannot be used; the message says what would work."""

    actor = Actor.OWNER
    code = "invalid-input"


class PlatformError(NexusError):
    """Root of what a platform adapter may raise; nothing else leaves an adapter."""

    code = "platform"

    def __init__(self, message: str = "", /, *, error_code: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.error_code = error_code or self.code


class Transient(PlatformError):
    """Nothing was published and trying again later is safe (refused connection, 5xx before effect)."""

    actor = Actor.NOBODY
    code = "transient"


class RateLimited(PlatformError):
    """The platform said when to come back; nothing was published."""

    actor = Actor.NOBODY
    code = "rate-limited"

    def __init__(
        self, message: str = "", /, *, retry_at: datetime, error_code: str = "", **params: object
    ) -> None:
        super().__init__(message, error_code=error_code, **params)
        self.retry_at = retry_at


class AuthExpired(PlatformError):
    """The credentials are no longer accepted; the owner must reconnect the channel."""

    actor = Actor.OWNER
    code = "auth-expired"


class Rejected(PlatformError):
    """The platform refused this post for good; the owner must change it. ``str(error)`` is the reason."""

    actor = Actor.OWNER
    code = "rejected"


class OutcomeUnknown(PlatformError):
    """The request left and no usable answer came: it may or may not be live. Never retried blindly."""

    actor = Actor.OWNER
    code = "outcome-unknown"


class Unsupported(PlatformError):
    """The platform cannot do this at all."""

    actor = Actor.OWNER
    code = "unsupported"
