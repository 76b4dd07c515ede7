"""What can be in the way of connecting a channel?"""

from core.errors import InvalidInput


class ChannelTaken(InvalidInput):
    """The same account belongs to another product already; ``product`` and ``name`` say which."""

    code = "channel-taken"


class ChannelLacksRights(InvalidInput):
    """The platform lets us in, but not publish."""

    code = "channel-lacks-rights"


class AnotherAccount(InvalidInput):
    """A channel is connected again, but with another account; ``before`` and ``name`` say which is which."""

    code = "another-account"
