"""Having a text rewritten: the menu, tone, headlines, threads, translations, and the wish to stop."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene

IDEA = "душа №151 помнит море, знакомство в пятницу"


async def play(phone: Phone) -> None:
    """Walk through the tools and use two."""
    await phone.say(IDEA, until="draft-approve")
    await phone.tap("draft-regenerate")
    await phone.shot("menu", "Ways to rewrite")
    await phone.tap("rewrite-tone-open")
    await phone.shot("tone", "Tones")
    await phone.tap("rewrite-friendlier", until="draft-approve")
    await phone.shot("done", "Rewritten, the earlier version is kept")
    await phone.tap("draft-regenerate")
    await phone.tap("rewrite-headlines", until="rewrite-headlines-again")
    await phone.shot("headlines", "Three headlines, each with its reason")
    await phone.back()
    await phone.tap("rewrite-thread-open")
    await phone.shot("threads", "Threads")
    await phone.back()
    await phone.tap("rewrite-language-open")
    await phone.shot("languages", "Translating")
    await phone.back()
    await phone.tap("rewrite-anew-own")
    await phone.shot("wish", "Anew, with a wish")


async def stopping(phone: Phone) -> None:
    """Watch a text grow, and stop it."""
    await phone.say("/cancel")
    phone.trail = []
    phone.model.faults.append("slow")
    await phone.say("О чём молчит новая душа", until="writing-stop")
    await phone.shot("progress", "A text being written", at_work=True)
    await phone.tap("writing-stop")
    await phone.shot("stopped", "Stopped")


SCENE = Scene("rewrite", "Rewriting", ("rewrite",), play)
STOPPING = Scene("writing", "While AI writes", ("writing",), stopping)
