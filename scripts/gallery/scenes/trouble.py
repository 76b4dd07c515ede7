"""When something goes wrong: a post that was refused, one whose fate is unknown, and the state of everything."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene

_BEATS = 20_000  # milliseconds; the bot says every fifteen seconds that it lives


async def _publish(phone: Phone, text: str) -> None:
    await phone.say(text, until="draft-approve")
    await phone.tap("draft-now")
    anyway = phone.label("draft-anyway")
    if await phone.bubbles(anyway).count():
        await phone.tap("draft-anyway")


async def play(phone: Phone) -> None:
    """Publish into a channel that refuses, then into a connection that breaks."""
    channel = await phone.channel()
    await phone.fault("400", "sendMessage", chat_id=channel, description="Bad Request: TOPIC_CLOSED", times=9)
    await _publish(phone, "Этот пост площадка не примет")
    await phone.wait_for_text(phone.label("resolve-retry"))
    await phone.shot("failed", "A post that was refused")
    await phone.no_faults()
    await phone.fault("cut", "sendMessage", chat_id=channel, times=1)
    phone.trail = []
    await _publish(phone, "Про этот пост ответ не придёт")
    await phone.wait_for_text(phone.label("resolve-live"))
    await phone.shot("uncertain", "Did it go out?")
    await phone.no_faults()
    await phone.tap("resolve-live")
    await phone.shot("settled", "Settled by the owner")


async def status(phone: Phone) -> None:
    """Look at every part."""
    await phone.page.wait_for_timeout(_BEATS)
    await phone.say("/status")
    await phone.shot("status", "How everything is")


SCENE = Scene("trouble", "When something goes wrong", ("resolve",), play)
STATUS = Scene("status", "Status", ("status",), status)
