"""Products: the list, a card, what is asked when one is added, changed or put away."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene


async def play(phone: Phone) -> None:
    """Look at the products, add one, pause it, put it away and bring it back."""
    await phone.say("/products")
    await phone.shot("list", "The products")
    await phone.tap("products-add")
    await phone.shot("ask-name", "Adding a product")
    await phone.say("Тихий сад")
    await phone.shot("added", "A new product's card")
    await phone.tap("product-edit-description")
    await phone.shot("ask-description", "Saying what it is")
    await phone.say("Садовые мастерские для тех, у кого есть только подоконник.")
    await phone.tap("product-pause")
    await phone.shot("paused", "A product on hold")
    await phone.tap("product-archive")
    await phone.shot("ask-archive", "Before putting a product away")
    await phone.tap("product-archive-yes")
    await phone.shot("archived", "A product in the archive")
    await phone.say("/products")
    await phone.tap_label("• Anima")
    await phone.shot("card", "A product with a voice and a channel")


SCENE = Scene("products", "Products", ("products",), play)
