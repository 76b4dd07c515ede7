"""Where do the learned rules get what they show? The list, and one rule with one of its edits; notifications use it too."""

import uuid

from bot.context import Context
from bot.screens.learning import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen
from core.content import service as content
from core.learning import excerpts
from core.learning import service as learning
from core.learning.models import ProposalStatus, RuleProposal
from core.learning.signs import SignCode, code_of, value_of
from core.products import service as products
from core.products.voice_fields import VoiceField
from core.runtime import Runtime

_PAGE = 8
_EXCERPT = 600  # characters of each text of an edit


async def load_rules(ctx: Context, product_id: uuid.UUID, offset: int) -> Screen:
    """Load and draw a page of a product's rules. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        total = await learning.count(session, product_id)
        offset = clamp(offset, _PAGE, total)
        found = await learning.page(session, product_id, offset=offset, limit=_PAGE)
    lines = [_line(proposal) for proposal in found]
    return view.rules(product.id, product.name, lines, Page(offset, _PAGE, total), ctx.t)


async def load_rule(runtime: Runtime, proposal_id: uuid.UUID, offset: int = 0) -> view.RuleModel:
    """Load one rule with the edit at ``offset``. Raises ``NotFound``."""
    async with runtime.unit_of_work() as session:
        proposal = await learning.get(session, proposal_id)
        product = await products.get(session, proposal.product_id)
        pairs = await learning.evidence_of(session, proposal)
        offset = clamp(offset, 1, len(pairs))
        shown = pairs[offset] if pairs else None
        number = (await content.get(session, shown.content_id)).number if shown else 0
    evidence = None
    if shown is not None:
        part = excerpts.around_changes(shown.before, shown.after, limit=_EXCERPT)
        evidence = view.Evidence(number, shown.content_id, shown.updated_at, part.before, part.after)
    return view.RuleModel(
        product_id=product.id,
        product_name=product.name,
        line=_line(proposal),
        pieces=learning.pieces_of(proposal),
        page=Page(offset, 1, len(pairs)),
        evidence=evidence,
    )


def _line(proposal: RuleProposal) -> view.RuleLine:
    code = code_of(proposal.sign)
    return view.RuleLine(
        proposal_id=proposal.id,
        code=code,
        value=_word(proposal, code),
        n=len(proposal.evidence),
        status=ProposalStatus(proposal.status),
    )


def _word(proposal: RuleProposal, code: SignCode) -> str:
    """Return what the rule is about in the owner's words; the sign itself has only the stem of a word."""
    if code in {SignCode.WORD_REMOVED, SignCode.WORD_REPLACED}:
        for piece in learning.pieces_of(proposal):
            if piece.field is VoiceField.AVOID:
                return piece.items[0]
    return value_of(proposal.sign)
