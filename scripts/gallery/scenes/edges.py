"""What is told when there is nothing yet, when a button is old, when a command is half said, when AI or time fails?"""

from datetime import timedelta

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene
from scripts.gallery.world import Start

_TOKEN = "7123456789:AAE9fVbT3kQwXyZ0aLmN4pRsUvWdEfGhIjK"  # noqa: S105 - the shape of one; nobody's


async def empty(phone: Phone) -> None:
    """Look at every list before there is anything in it."""
    for command, title in (
        ("start", "The first run goes on where it stopped"),
        ("drafts", "No drafts"),
        ("queue", "An empty queue"),
        ("channels", "No channels"),
        ("analytics", "Nothing to count"),
        ("suggest", "Nothing to suggest yet"),
        ("usage", "Nothing spent"),
        ("resume", "Nothing is paused"),
    ):
        phone.trail = []
        await phone.say(f"/{command}")
        await phone.shot(command, title)
    phone.trail = []
    await phone.say(
        {"ru": "В субботу открыто до полуночи", "en": "Open until midnight on Saturday"}[phone.language],
        until="draft-approve",
    )
    await phone.shot("card", "A draft that has nowhere to go yet")


async def answers(phone: Phone) -> None:
    """Say commands by half, numbers nobody has, a secret, and forward a post."""
    await phone.say("/approve")
    await phone.shot("usage", "A command without what it needs")
    await phone.say("/approve 999")
    await phone.shot("missing", "A number no draft has")
    phone.trail = []
    await phone.say(_TOKEN)
    await phone.shot("secret", "A token pasted into the chat is deleted at once")
    phone.trail = []
    channel = await phone.channel()
    newest = (await phone.messages(channel))[-1]
    await phone.forward(channel, [newest["message_id"]], until="draft-approve")
    await phone.shot("forwarded", "A forwarded post")


async def old(phone: Phone) -> None:
    """Tap a button that was drawn before something changed."""
    await phone.say("/pause")
    await phone.say("/pause")
    await phone.tap("pause-all")
    phone.trail = ["/pause", "/pause", "[the same button above]"]
    await phone.tap("pause-all")  # the newest that still says so is the one above
    await phone.shot("redrawn", "An old button redraws its screen")
    await phone.say("/resume")
    await phone.tap("pause-resume-all")


async def without_ai(phone: Phone) -> None:
    """Send an idea while the model is overloaded."""
    phone.model.faults.extend(["overloaded"] * 8)
    await phone.say("в воскресенье души отвечают на письма", until="draft-approve")
    await phone.shot("template", "Made from a template, and it says why")
    phone.model.faults.clear()


async def late(phone: Phone) -> None:
    """Plan two posts, stop everything, and come back when their time has passed."""
    for text, when in (
        ("🌙 Ночной зал откроется сегодня", {"ru": "через 1 час", "en": "in 1 hour"}),
        ("🕯 Вечером зажигаем свечи", {"ru": "через 4 часа", "en": "in 4 hours"}),
    ):
        await phone.say(text, until="draft-schedule")
        await phone.tap("draft-schedule")
        await phone.tap("schedule-type")
        await phone.say(when[phone.language])
        await phone.tap("schedule-confirm")
    await phone.say("/pause")
    await phone.tap("pause-all")
    phone.trail = []
    await phone.pass_time(timedelta(hours=7), "seven hours on hold")
    await phone.say("/resume")
    await phone.tap("pause-resume-all")
    await phone.wait_for_text(phone.label("resolve-late-choose"))
    await phone.shot("asked", "What was late is asked about, once")
    await phone.tap("resolve-late-choose")
    await phone.shot("one", "Deciding one by one")
    await phone.tap_label("#")
    await phone.shot("post", "One that was late")


EMPTY = Scene("empty", "Before there is anything", (), empty, Start.EMPTY)
ANSWERS = Scene("answers", "Half said", (), answers)
OLD = Scene("old", "Old buttons", (), old)
WITHOUT_AI = Scene("without", "When AI does not answer", (), without_ai)
LATE = Scene("late", "After an interruption", (), late)
