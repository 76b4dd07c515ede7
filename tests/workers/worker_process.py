"""A worker of its own, started by the tests: it writes every start and end of a job into a file, or dies of a job.

Arguments: file to write to, seconds that a job takes, number of the job that kills the process (-1: none).
Settings come from the environment.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from core.config import Settings
from core.jobs.jobs import JobName, PublishJob
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from workers.broker import open_queue
from workers.schedule import run_worker


async def main(notes: Path, seconds: float, deadly: int) -> None:
    def note(line: str) -> None:
        with notes.open("a") as file:
            file.write(line + "\n")

    async def publish(runtime: Runtime, job: PublishJob) -> None:
        number = job.publication_id.int
        note(f"start {number}")
        if number == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        await asyncio.sleep(seconds)
        note(f"end {number}")

    settings = Settings(_env_file=None)
    assert settings.sqlalchemy_url is not None
    assert settings.nexus_secret_keys is not None
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with (
        open_queue(settings) as queue,
        open_runtime(
            settings,
            database_url=settings.sqlalchemy_url,
            keyring=Keyring.parse(settings.nexus_secret_keys.get_secret_value()),
            queue=queue,
            pool_size=3,
        ) as runtime,
    ):
        note("ready")
        await run_worker(
            runtime, stop, handlers={JobName.PUBLISH: publish}, lease_seconds=1.0, reclaim_seconds=0.2
        )
        note("stopped")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
