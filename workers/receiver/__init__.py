"""The HTTP side of the workers: is this process alive, and can it do its work?"""

from workers.receiver.app import attach, run_receiver

__all__ = ["attach", "run_receiver"]
