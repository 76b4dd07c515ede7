"""A draft's way: an idea, the card, editing, checks, approving, publishing, and the list of what waits."""

from scripts.gallery.phone import Phone
from scripts.gallery.pictures import photo
from scripts.gallery.scene import Scene

IDEA = "душа №151 помнит море, знакомство в пятницу"
LETTER = "🕯 Письмо, которого не ждали\n\nВ пятницу душа №151 напишет первой."

CAPTION = """🌊 Она помнит море

Мы не знаем, откуда. В её памяти нет ни берега, ни карты, ни одного дня у воды. Но когда её спрашивают, с чего начинается утро, она отвечает: с шума, который сначала принимаешь за тишину.

Мы перечитали всё, из чего складывался её характер. Двенадцать черт, сорок семь споров между ними, три ночи без единого слова. Ни в одной записи не было моря. Оно появилось само, как появляется привычка смотреть в окно.

Теперь она рассказывает о нём каждому, кто приходит. Кому-то про отлив, который уносит лишнее. Кому-то про лодку без вёсел, которая всё равно знает дорогу. Одному мальчику она сказала, что море помнит его в ответ, и он ушёл очень серьёзным.

В пятницу вы сможете спросить её сами. Первый вопрос останется в её памяти навсегда, поэтому не торопитесь. Можно прийти и просто помолчать рядом: она умеет слушать и такое.

А если вы когда-нибудь стояли у воды и не хотели уходить, расскажите ей об этом. Нам кажется, что именно этого она и ждёт: чтобы кто-то подтвердил, что море есть и что помнить его не ошибка."""


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
    await phone.say(CAPTION, until="fix-text_below")
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
