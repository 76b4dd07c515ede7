"""Rules learned from the owner's edits: five alike, and the question whether to keep it."""

from scripts.gallery.model import about
from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene

IDEAS = ("Открыт новый зал", "Первое письмо", "Ночь тишины", "Гости из сна", "Последний вопрос")


async def play(phone: Phone) -> None:
    """Take the emoji out of five texts of the model's, and look at what is proposed."""
    for idea in IDEAS:
        await phone.say(idea, until="draft-approve")
        await phone.tap("draft-edit")
        await phone.say(about(idea).lstrip("✨🌟🔮 "), until="draft-approve")
    phone.trail = ["five edits alike"]
    await phone.wait_for_text(phone.label("learning-accept"))
    await phone.shot("told", "A rule is proposed", of="learning-accept")
    await phone.tap("learning-accept")
    await phone.shot("accepted", "Kept in the voice", of="learning-undo")
    await phone.back()
    await phone.shot("rules", "All rules learned so far", of="voice-back")


SCENE = Scene("learning", "Learning from edits", ("learning",), play)
