"""The HTTP side of the workers: events come in, files go out, and whether this process can do its work."""

from workers.receiver.app import attach, run_receiver

__all__ = ["attach", "run_receiver"]
