"""What came of the posts, what to do next, and what AI cost."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def analytics(phone: Phone) -> None:
    """Walk through the sections."""
    await phone.say("/analytics")
    await phone.shot("totals", "A month in numbers")
    for section, title in (
        ("platforms", "By channel"),
        ("kinds", "By kind of post"),
        ("hours", "By the hour"),
        ("top", "The best posts"),
        ("how", "How it is counted"),
    ):
        await phone.tap(f"analytics-section-{section}")
        await phone.shot(section, title)


async def suggest(phone: Phone) -> None:
    """See what could be done next, and put one hint away."""
    await phone.say("/suggest")
    await phone.shot("list", "What could be done next")
    if await phone.bubbles(phone.label("suggest-not-now")).count():
        await phone.tap("suggest-not-now")
        await phone.shot("put-away", "A hint put away for a week")


async def usage(phone: Phone) -> None:
    """Look at what AI cost, by product, model and day."""
    await phone.say("/usage")
    await phone.shot("total", "What AI cost")
    await phone.tap("usage-cut-models")
    await phone.shot("models", "By model")


ANALYTICS = Scene("analytics", "Analytics", ("analytics",), analytics)
SUGGEST = Scene("suggest", "Suggestions", ("suggest",), suggest)
USAGE = Scene("usage", "What AI costs", ("usage",), usage)
