"""Choosing a time, by buttons and in words, the queue, and pausing it."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Plan a post by tapping and by typing."""
    await phone.say("В субботу читаем письма вслух", until="draft-schedule")
    await phone.tap("draft-schedule")
    await phone.shot("picker", "When should it go out?")
    await phone.tap("schedule-calendar")
    await phone.shot("calendar", "A month")
    await phone.back()
    await phone.tap_exactly("time-tomorrow")
    await phone.shot("hours", "The hours of a day")
    await phone.tap_label("18:00")
    await phone.shot("echo", "Is this the moment you meant?")
    await phone.back()
    await phone.tap("schedule-type")
    await phone.shot("type", "Typing the time")
    await phone.say({"ru": "31 февраля", "en": "31 February"}[phone.language])
    await phone.shot("refused", "A day that does not exist")
    await phone.say({"ru": "завтра в 7", "en": "tomorrow at 7"}[phone.language])
    await phone.shot("doubt", "Morning or evening?")
    await phone.say({"ru": "завтра 18:30", "en": "tomorrow 18:30"}[phone.language])
    await phone.shot("typed", "What was typed, said back")
    await phone.tap("schedule-confirm")
    await phone.shot("done", "On the calendar")


async def queue(phone: Phone) -> None:
    """Open the queue, its filters, its calendar and one of its posts."""
    await phone.say("/queue")
    await phone.shot("list", "The queue by days")
    await phone.tap("queue-by-status")
    await phone.shot("filter", "Choosing what to show")
    await phone.tap("queue-shown-published")
    await phone.shot("published", "What is out")
    await phone.say("/queue")
    await phone.tap("queue-week")
    await phone.shot("week", "A week")
    await phone.tap("queue-month")
    await phone.shot("month", "A month")
    await phone.say("/queue")
    await phone.tap_label("#")
    await phone.shot("item", "One post of the queue")
    await phone.tap("queue-swap")
    await phone.shot("swap", "Swapping two posts")


async def repeat(phone: Phone) -> None:
    """Have a post repeated, and see it in the list."""
    await phone.say("По понедельникам наливаем пуэр вполцены", until="draft-schedule")
    await phone.tap("draft-more")
    await phone.tap("draft-repeat")
    await phone.shot("ask", "How often?")
    await phone.tap("repeat-weekly")
    await phone.shot("day", "On which day?")
    await phone.tap_label({"ru": "пн", "en": "Mon"}[phone.language])
    await phone.shot("hour", "At what time?")
    await phone.tap_label("12:00")
    await phone.shot("look", "The next dates, before it counts")
    await phone.tap("repeat-start")
    await phone.say("/queue")
    await phone.tap("repeats-open")
    await phone.shot("list", "What is repeated")
    await phone.tap_label("#")
    await phone.shot("one", "One repeat")


async def pause(phone: Phone) -> None:
    """Stop everything, and let it go on."""
    await phone.say("/pause")
    await phone.shot("ask", "Pausing")
    await phone.tap("pause-all")
    await phone.shot("paused", "Everything on hold")
    await phone.say("/queue")
    await phone.shot("queue", "The queue says so, too")
    await phone.say("/resume")
    await phone.tap("pause-resume-all")
    await phone.shot("resumed", "Going on")


SCENE = Scene("schedule", "Choosing a time", ("schedule",), play)
QUEUE = Scene("queue", "The queue", ("queue",), queue)
PAUSE = Scene("pause", "Pausing", ("pause",), pause)
REPEAT = Scene("repeat", "Posts that come again", ("repeat",), repeat)
