"""Which process is this? The name that leases and heartbeats carry."""

import os
import secrets
import socket
from functools import lru_cache


@lru_cache(maxsize=1)
def worker_name() -> str:
    """Return this process's name, at most 64 characters: machine, process id and a random part.

    The random part tells a restarted process from the one before it, whose id it may have inherited.
    """
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
