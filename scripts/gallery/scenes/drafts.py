"""A draft's way: an idea, the card, editing, approving, publishing, and the list of what waits."""

from scripts.gallery.phone import Phone
from scripts.gallery.pictures import photo
from scripts.gallery.scene import Scene

IDEA = "душа №151 помнит море, знакомство в пятницу"


async def play(phone: Phone) -> None:
    """Send an idea, look at everything the card offers, publish it."""
    await phone.say(IDEA, until="draft-approve")
    await phone.shot("card", "A draft made from an idea")
    await phone.tap("draft-edit")
    await phone.shot("edit", "Typing another text")
    await phone.say(
        "🕯 Письмо, которого не ждали\n\nВ пятницу душа №151 напишет первой.", until="draft-approve"
    )
    await phone.tap("draft-reject")
    await phone.shot("reject", "Saying what is wrong")
    await phone.tap("ui-cancel")
    await phone.tap("draft-approve")
    await phone.shot("approved", "Approved")
    await phone.tap("draft-now")
    await phone.shot("undo", "Publishing, with a moment to think again")
    await phone.wait_for_text("t.me/anima_demo")
    await phone.shot("published", "The link to the post")
    await phone.attach("sea.jpg", photo(), "Она помнит море", until="draft-approve")
    await phone.shot("photo", "A draft with a photo")
    await phone.tap("draft-delete")
    await phone.shot("delete", "Before a draft is deleted")
    await phone.back()
    phone.trail = []
    await phone.say("Короткие новости " * 300, until="ui-home")
    await phone.shot("too-long", "A text that does not fit")
    phone.trail = []
    await phone.say("/drafts")
    await phone.shot("list", "What waits for a decision")


SCENE = Scene("drafts", "Drafts", ("draft", "drafts"), play)
