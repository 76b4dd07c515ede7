"""Templates: the list, one of them, filling it in, changing a copy."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Open the demo's own template, fill it in, copy it."""
    await phone.say("/templates")
    await phone.shot("list", "The templates")
    await phone.tap("templates-narrow")
    await phone.shot("narrow", "Choosing which to show")
    await phone.say("/templates")
    await phone.tap_label("Знакомство")
    await phone.shot("one", "One template")
    await phone.tap("template-fill")
    await phone.shot("fill", "Filling it in, one variable after another")
    await phone.say("Веда")
    await phone.say("Вчера её спросили о завтра. Она помолчала и попросила подождать.")
    await phone.say("отвечает вопросом на вопрос")
    await phone.shot("preview", "What came of it")
    await phone.back()
    await phone.tap("template-edit")
    await phone.shot("edit", "Changing it")


SCENE = Scene("templates", "Templates", ("templates",), play)
