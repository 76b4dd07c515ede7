"""Which PostgreSQL is "outside" in a test? Debian's version 15 where it is installed, over TCP with a password; else none."""

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.processes import free_port

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")


@contextmanager
def postgres_15() -> Generator[str]:
    """Run a PostgreSQL 15 of this test's own and yield its address as an owner would write it."""
    folder = Path(tempfile.mkdtemp(prefix="nexus-test-pg15-"))
    shutil.chown(folder, "postgres", "postgres")
    password, port = secrets.token_hex(8), free_port()
    password_file = folder / "password"
    password_file.write_text(password)
    shutil.chown(password_file, "postgres", "postgres")
    data = folder / "data"
    try:
        _as_postgres(
            [str(POSTGRES_15 / "initdb"), "-D", str(data), "-U", "nexus", "--auth=scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8", "--no-sync"],
            folder,
        )  # fmt: skip
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
        _as_postgres(
            [
                str(POSTGRES_15 / "pg_ctl"),
                "-D",
                str(data),
                "-w",
                "-l",
                str(folder / "log"),
                "-o",
                options,
                "start",
            ],
            folder,
        )
        yield f"postgres://nexus:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _as_postgres(
                [str(POSTGRES_15 / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop"], folder
            )
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(command: list[str], folder: Path) -> None:
    subprocess.run(
        command, user="postgres", group="postgres", extra_groups=[], cwd=folder, check=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
