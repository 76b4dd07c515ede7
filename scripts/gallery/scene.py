"""What is a scene? A short script of taps and typing that passes the screens of one family."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from scripts.gallery.phone import Phone
from scripts.gallery.world import Start


@dataclass(frozen=True, slots=True)
class Scene:
    """``screens`` are the folders of ``bot/screens`` whose screens it shows."""

    name: str
    title: str
    screens: tuple[str, ...]
    play: Callable[[Phone], Awaitable[None]]
    start: Start = Start.DEMO
