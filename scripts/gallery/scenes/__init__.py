"""Which scenes are played, and in which order? A new family of screens is one file here and one line.

They share a world and its clock, and each begins a quarter of an hour after the one before: a new scene goes to the end,
so that the pictures of the others stay as they are.
"""

from scripts.gallery.scene import Scene
from scripts.gallery.scenes import (
    channels,
    drafts,
    edges,
    finding,
    home,
    knowing,
    learning,
    products,
    rewriting,
    schedule,
    settings,
    templates,
    trouble,
    voice,
    week,
    welcome,
)

SCENES: tuple[Scene, ...] = (
    welcome.SCENE,
    home.SCENE,
    drafts.SCENE,
    drafts.CHECKS,
    drafts.MEDIA,
    drafts.VERSIONS,
    rewriting.SCENE,
    rewriting.STOPPING,
    week.COMPOSE,
    week.WEEK,
    drafts.WAITING,
    schedule.SCENE,
    schedule.QUEUE,
    schedule.REPEAT,
    schedule.PAUSE,
    finding.SEARCH,
    templates.SCENE,
    channels.SCENE,
    products.SCENE,
    voice.SCENE,
    learning.SCENE,
    knowing.ANALYTICS,
    knowing.SUGGEST,
    knowing.USAGE,
    finding.AUTOMATIONS,
    finding.EVENTS,
    settings.SCENE,
    settings.RICH,
    trouble.SCENE,
    trouble.STATUS,
    edges.EMPTY,
    edges.ANSWERS,
    edges.OLD,
    edges.WITHOUT_AI,
    edges.LATE,  # hours pass in it: the last one of its world
)
