"""A draft's way: an idea, the card, editing, checks, approving, publishing, and the list of what waits."""

from scripts.gallery.phone import Phone
from scripts.gallery.pictures import photo
from scripts.gallery.scene import Scene

IDEA = "душа №151 помнит море, знакомство в пятницу"
LETTER = "🕯 Письмо, которого не ждали\n\nВ пятницу душа №151 напишет первой."


async def play(phone: Phone) -> None:
    """Send an idea, look at everything the card offers, publish it."""
    await phone.say(IDEA, until="draft-approve")
    await phone.shot("card", "A draft made from an idea")
    await phone.tap("draft-edit")
    await phone.shot("edit", "Typing another text")
    await phone.say(LETTER, until="draft-approve")
    await phone.tap("draft-more")
    await phone.shot("more", "What else can be done with it")
    await phone.tap("draft-reject")
    await phone.shot("reject", "Saying what is wrong")
    await phone.tap("ui-cancel")
    await phone.tap("draft-approve")
    await phone.shot("approved", "Approved")
    await phone.tap("draft-now")
    await phone.shot("undo", "Publishing, with a moment to think again")
    await phone.wait_for_text("t.me/anima_demo")
    await phone.shot("published", "The link to the post")


async def checks(phone: Phone) -> None:
    """Let AI write something that was not in the idea."""
    await phone.say("познакомить всех с новой душой, которая помнит море", until="draft-approve")
    await phone.shot("found", "What the idea did not say is marked")


async def versions(phone: Phone) -> None:
    """Go back to an earlier version."""
    await phone.say(IDEA, until="draft-approve")
    await phone.tap("draft-edit")
    await phone.say(LETTER, until="draft-approve")
    await phone.tap("draft-more")
    await phone.tap("draft-versions")
    await phone.shot("list", "Every version is kept")
    await phone.tap_label("v2")
    await phone.shot("one", "An earlier version")
    await phone.tap("versions-restore")
    await phone.shot("restored", "It is the current one again")


async def media(phone: Phone) -> None:
    """Send a photo with too long a caption, then look at the files of a draft."""
    await phone.attach("sea.jpg", photo(), "Она помнит море", until="draft-approve")
    await phone.shot("card", "A draft with a photo")
    await phone.tap("draft-edit")
    await phone.say("Она помнит море. " * 66, until="fix-text_below")
    await phone.shot("caption", "A caption that does not fit, with one-tap fixes")
    await phone.tap("fix-text_below")
    await phone.shot("fixed", "Fixed in one tap")
    await phone.tap("draft-media")
    await phone.shot("files", "The files of a draft")
    await phone.tap_exactly("media-add")
    await phone.shot("add", "Adding files")
    await phone.back()


async def waiting(phone: Phone) -> None:
    """See what waits for a decision."""
    await phone.say("/drafts")
    await phone.shot("list", "What waits for a decision")
    await phone.tap("batch-open")
    await phone.tap("batch-all")
    await phone.shot("batch", "Approving several at once")
    await phone.tap("batch-none")
    await phone.tap_label("#")
    await phone.tap("batch-approve")
    await phone.shot("approved", "What was approved")


SCENE = Scene("draft", "A draft", ("draft",), play)
CHECKS = Scene("checks", "Nothing invented", ("findings",), checks)
VERSIONS = Scene("versions", "Versions", ("versions",), versions)
MEDIA = Scene("media", "Photos and files", ("attachments",), media)
WAITING = Scene("drafts", "Drafts", ("drafts", "batch"), waiting)
