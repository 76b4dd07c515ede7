"""Where is kept what is not saved yet? Samples and proposals lie beside the dialogue, so that leaving it loses nothing.

They have places of their own in the dialogue's storage, one per product: a restart, the home button or a new draft
touches them as little as a typed answer does.
"""

import uuid
from dataclasses import replace

from aiogram.fsm.context import FSMContext

from bot.context import Context
from bot.screens.voice.view import VoiceModel
from core.learning import service as learning
from core.products import service as products
from core.products.voice import BrandVoice


def samples_of(state: FSMContext, product_id: uuid.UUID) -> FSMContext:
    """Return where the product's samples are: ``texts``, ``shown`` (a message id) and ``reading`` (Unix seconds)."""
    return _beside(state, f"samples-{product_id.hex}")


def proposal_of(state: FSMContext, product_id: uuid.UUID) -> FSMContext:
    """Return where the product's proposal is: ``pieces``, each a JSON object, and how many there were, ``total``."""
    return _beside(state, f"voice-{product_id.hex}")


def _beside(state: FSMContext, name: str) -> FSMContext:
    return FSMContext(storage=state.storage, key=replace(state.key, destiny=name))


async def load_model(ctx: Context, state: FSMContext, product_id: uuid.UUID) -> VoiceModel:
    """Load a product's voice with what is under way for it. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        learned = await learning.count(session, product_id, undecided=True)
    samples = await samples_of(state, product_id).get_data()
    proposal = await proposal_of(state, product_id).get_data()
    return VoiceModel(
        product_id=product.id,
        name=product.name,
        voice=BrandVoice.of(product),
        samples=len(samples.get("texts", [])),
        pending=len(proposal.get("pieces", [])),
        learned=learned,
    )
