"""The brand voice: its fields, how each is filled, samples read by AI, a trial."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene

SAMPLES = (
    "Тишина тоже ответ. Сегодня в коллекции прибавилась душа, которая умеет молчать.",
    "Мы не торопимся. Каждая душа просыпается в свой час, и этот час нельзя назначить.",
    "Спросите её о самом важном и подождите. Она ответит, когда будет что сказать.",
)


async def play(phone: Phone) -> None:
    """Open the voice, fill a field, let samples be read, try it on a sentence."""
    await phone.say("/products")
    await phone.tap_label("Anima")
    await phone.tap("product-voice-open")
    await phone.shot("overview", "The voice at a glance")
    await phone.tap("voice-field-avoid")
    await phone.shot("field", "One field with its entries")
    await phone.tap("voice-add")
    await phone.shot("ask", "Adding to a field")
    await phone.say("хайп")
    await phone.back()
    await phone.tap("voice-field-formality")
    await phone.shot("choices", "A field with ready answers")
    await phone.back()
    await phone.tap("voice-try")
    await phone.shot("ask-sentence", "A sentence to try it on")
    await phone.say("Новая коллекция выходит в пятницу", until="voice-try-again")
    await phone.shot("trial", "Before and after")
    await phone.back()
    await phone.tap("voice-samples")
    await phone.shot("samples", "Collecting sample posts")
    for sample in SAMPLES:
        await phone.say(sample)
    await phone.shot("collected", "Enough samples")
    await phone.tap("voice-read", until="voice-accept")
    await phone.shot("proposal", "What AI proposes, piece by piece")
    await phone.tap("voice-correct")
    await phone.shot("correct", "Correcting a proposal")
    await phone.tap("ui-cancel")
    await phone.tap("voice-accept")
    await phone.shot("accepted", "A proposal accepted")


SCENE = Scene("voice", "Brand voice", ("voice",), play)
