"""What do the tests of the voice do again and again? Open its screen, and look at what is saved."""

from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.bot.person import Person


async def voice_of(runtime: Runtime, product: Product) -> BrandVoice:
    """Return the saved voice."""
    async with runtime.unit_of_work() as session:
        return BrandVoice.of(await products.get(session, product.id))


async def open_voice(owner: Person) -> None:
    """Go from anywhere to the voice of the product."""
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Voice")
