"""Which scenes are played, and in which order? A new family of screens is one file here and one line."""

from scripts.gallery.scene import Scene
from scripts.gallery.scenes import (
    drafts,
    home,
    knowing,
    learning,
    products,
    schedule,
    settings,
    trouble,
    voice,
)

SCENES: tuple[Scene, ...] = (
    home.SCENE,
    drafts.SCENE,
    schedule.SCENE,
    schedule.QUEUE,
    products.SCENE,
    voice.SCENE,
    learning.SCENE,
    knowing.ANALYTICS,
    knowing.SUGGEST,
    knowing.USAGE,
    settings.SCENE,
    settings.RICH,
    trouble.SCENE,
    trouble.STATUS,
)
