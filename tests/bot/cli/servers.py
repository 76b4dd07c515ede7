"""Which PostgreSQL servers of a test are running?"""

from pathlib import Path

import psutil


def postgres_of(folder: Path) -> list[int]:
    """Return the process ids of the servers whose data is below ``folder``."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if any(part.startswith(str(folder)) and part.endswith("/data") for part in command):
            found.append(process.pid)
    return found
