"""Choosing a time, by buttons and in words, and the queue."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Plan a post by tapping and by typing, then look at the queue."""
    await phone.say("В субботу читаем письма вслух", until="draft-schedule")
    await phone.tap("draft-schedule")
    await phone.shot("picker", "When should it go out?")
    await phone.tap("time-tomorrow")
    await phone.shot("hours", "The hours of a day")
    await phone.tap_label("18:30" if await phone.bubbles("18:30").count() else "18:00")
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
    """Open the queue and one of its posts."""
    await phone.say("/queue")
    await phone.shot("list", "The queue by days")
    await phone.tap_label("#")
    await phone.shot("item", "One post of the queue")


SCENE = Scene("schedule", "Choosing a time", ("schedule",), play)
QUEUE = Scene("queue", "The queue", ("queue",), queue)
