"""Why is a delivery not taken? Each says what the sender has to do; who has not signed learns nothing."""

from core.errors import Actor, NexusError


class NotTaken(NexusError):
    """A delivery is not taken. ``reason`` is stable and for programs, ``field`` names what it is about."""

    actor = Actor.OWNER
    code = "delivery-not-taken"

    def __init__(self, reason: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.field = field


class NoEndpoint(NotTaken):
    """There is no such product, it has no secret, or it has been put away: all the same from outside."""

    def __init__(self) -> None:
        super().__init__("not-found", "There is nothing at this address")


class NotAuthentic(NotTaken):
    """It is not signed by somebody who knows a secret of the product, or too long ago."""


class Unreadable(NotTaken):
    """It is signed, and its content cannot be used."""


class TooMany(NotTaken):
    """The product has sent more than its share; ``retry_after`` says in how many seconds there is room again."""

    actor = Actor.NOBODY

    def __init__(self, per_minute: int, retry_after: int) -> None:
        super().__init__(
            "too-many-requests",
            f"At most {per_minute} events a minute are taken; send this one again in {retry_after} s",
        )
        self.retry_after = retry_after


class Guessing(NotTaken):
    """Too many wrong signatures came from this address; ``retry_after`` says when it is heard again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "too-many-wrong-signatures",
            f"Too many deliveries with a wrong signature came from your address; it is heard again in {retry_after} s",
        )
        self.retry_after = retry_after


class NotNow(NotTaken):
    """The database is away, so nothing can be promised; the sender keeps the event."""

    actor = Actor.NOBODY
    retry_after = 5  # seconds

    def __init__(self) -> None:
        super().__init__("database-unavailable", "The event could not be stored; send it again")
