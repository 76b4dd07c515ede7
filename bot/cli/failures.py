"""How does a command fail? In one clear message on standard error, with an exit code that tells why."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

import typer

from core.errors import Actor, ConfigError, NexusError

EXIT_BROKEN = 1  # something went wrong while running
EXIT_WRONG_INPUT = 2  # a setting, a file or an argument cannot be used; nothing was changed


class PartEnded(NexusError):
    """A part of NEXUS ended although nobody asked it to; the log holds the traceback, if there is one."""

    code = "part-ended"


@contextmanager
def told_plainly() -> Generator[None]:
    """Turn deliberate errors into a message and an exit code; a defect keeps its traceback."""
    try:
        yield
    except ConfigError as error:
        say_error(str(error))
        raise typer.Exit(EXIT_WRONG_INPUT) from None
    except PartEnded as error:
        say_error(str(error))
        raise typer.Exit(EXIT_BROKEN) from None
    except NexusError as error:
        if error.actor is Actor.US:
            raise
        say_error(str(error))
        raise typer.Exit(EXIT_WRONG_INPUT if error.actor is Actor.OWNER else EXIT_BROKEN) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def say_error(text: str) -> None:
    """Print ``text`` on standard error."""
    print(f"nexus: {text}", file=sys.stderr, flush=True)


def stop_on_terminate() -> None:
    """Treat SIGTERM like Ctrl-C while nothing else handles it yet, so that what was opened is closed in order."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
