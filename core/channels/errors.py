"""What can be in the way of connecting a channel?"""

from core.errors import InvalidInput, NexusError


class ChannelTaken(InvalidInput):
    """The same account belongs to another product already; ``product`` and ``name`` say which."""

    code = "channel-taken"


class ChannelLacksRights(InvalidInput):
    """The platform lets us in, but not publish."""

    code = "channel-lacks-rights"


class AnotherAccount(InvalidInput):
    """A channel is connected again, but with another account; ``before`` and ``name`` say which is which."""

    code = "another-account"


class ConsentDenied(NexusError):
    """The owner said no on the platform's page."""

    code = "consent-denied"


class ConsentRefused(NexusError):
    """The platform sent the owner back without a code; ``reason`` is its word for it."""

    code = "consent-refused"


class CodeExpired(NexusError):
    """The code was over or used when it was to be exchanged; a new link gives a new one."""

    code = "code-expired"


class ApplicationRefused(NexusError):
    """The platform does not know the owner's application, or its secret is wrong; ``settings`` name where they stand."""

    code = "application-refused"


class ScopesMissing(NexusError):
    """The owner left out something without which nothing can be published."""

    code = "scopes-missing"


class NoAccounts(NexusError):
    """The login gives no account that could be posted to."""

    code = "no-accounts"
