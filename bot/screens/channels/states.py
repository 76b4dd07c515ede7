"""What may the channels screens be waiting for?"""

from aiogram.fsm.state import State, StatesGroup


class ChannelForm(StatesGroup):
    """Something typed about a channel that is connected."""

    name = State()


class ConnectForm(StatesGroup):
    """Where the wizard stands."""

    answer = State()  # the value of a step
    secret = State()  # the same, to be deleted from the chat at once
    working = State()  # the platform is being asked
    found = State()  # the account is shown: a test post, or without one
