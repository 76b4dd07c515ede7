"""When does a worker die? At marks in a post's text, once for each post, by SIGKILL."""

import asyncio
import dataclasses
import os
import random
import re
import signal
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from core.platforms.base import Part, Platform, Sent, Target


class Death(StrEnum):
    """At which step of a publication."""

    NEVER = "never"
    BEFORE = "beforecall"
    DURING = "duringcall"  # a moment after the request began
    RECORD = "beforerecord"
    ANY = "anytime"


_MARK = re.compile(r"zzk([a-z]+)zz(\d+)zz")
_REFUSED = re.compile(r"zzrrefusezz(\d+)zz")


def mark(death: Death, number: int) -> str:
    """Return what a text must hold for its sender to die so."""
    return f"zzk{death.value}zz{number}zz"


def refused_mark(number: int) -> str:
    """Return what a text must hold for its first call to find nobody listening."""
    return f"zzrrefusezz{number}zz"


def mortal(platform: Platform, home: Path) -> Platform:
    """Return ``platform`` whose publish ends the process where the text says; ``home`` remembers who died already."""

    async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
        text = part.text
        refused = _REFUSED.search(text)
        if refused and _first(home, refused[0]):
            target = dataclasses.replace(target, api_base="http://127.0.0.1:1")
        found = _MARK.search(text)
        death = Death(found[1]) if found and _first(home, found[0]) else Death.NEVER
        if death is Death.BEFORE:
            die()
        if death is Death.DURING:
            asyncio.get_running_loop().call_later(0.02, die)
        if death is Death.ANY:
            asyncio.get_running_loop().call_later(random.uniform(0, 0.2), die)  # noqa: S311
        try:
            return await platform.publish(target, part, key=key, earlier=earlier)
        finally:  # whatever the answer was
            if death is Death.RECORD:
                die()

    return dataclasses.replace(platform, publish=publish)


def _first(home: Path, name: str) -> bool:
    """True the first time ``name`` is asked for, in whatever process."""
    try:
        (home / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def die() -> NoReturn:
    """End this process as ``kill -9`` does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")
