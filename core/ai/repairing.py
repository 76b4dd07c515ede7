"""What is done about a text with faults? One more call with the list of them; the better of the two texts is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic

import structlog
from pydantic import BaseModel

from core.ai import asking, prompting, prompts
from core.ai.asking import Asked, Purpose
from core.ai.checks.findings import Finding, weight
from core.ai.listening import Listening
from core.ai.provider import Answer, Provider, ProviderError, Request
from core.ai.stopping import Stop
from core.ai.usage import CapReached, PriceUnknown
from core.runtime import Runtime

log = structlog.get_logger(__name__)

PURPOSE = "repair"  # the `request_type` of such calls
_MOST_FAULTS = 25  # told to the model; a text with more is beyond repair anyway


@dataclass(frozen=True, slots=True)
class Mended(Generic[Answer]):
    """The answer to use, what is still wrong with it, and what both calls cost (None: a price is unknown)."""

    answer: Answer
    findings: tuple[Finding, ...]
    cost_usd: Decimal | None
    repaired: bool


async def mend(
    runtime: Runtime,
    provider: Provider,
    request: Request[Answer],
    asked: Asked[Answer],
    *,
    look: Callable[[Answer], tuple[Finding, ...]],
    models: Sequence[str],
    purpose: Purpose,
    stop: Stop | None = None,
) -> Mended[Answer]:
    """Look at the answer to ``request`` and have its faults repaired once. Whatever fails, there is an answer.

    ``models`` are those that ``asked`` could come from; the one that wrote repairs. Money is reserved as for any
    call. A ``stop`` in the middle leaves the first answer.
    """
    answer = asked.completion.answer
    before = look(answer)
    if not before:
        return Mended(answer, before, asked.cost_usd, repaired=False)
    model = models[-1] if asked.by_fallback else models[0]
    again = replace(request, content=repair_of(request.content, answer, before))
    try:
        second = await asking.ask(
            runtime,
            provider,
            again,
            models=(model,),
            purpose=replace(purpose, name=PURPOSE),
            listening=Listening(stop=stop) if stop else None,
        )
    except (ProviderError, CapReached, PriceUnknown) as error:
        log.info("repair_not_made", reason=error.code)
        return Mended(answer, before, asked.cost_usd, repaired=False)
    after = look(second.completion.answer)
    cost = None if asked.cost_usd is None or second.cost_usd is None else asked.cost_usd + second.cost_usd
    better = weight(after) < weight(before)
    log.info("repaired", faults=len(before), left=len(after), kept="second" if better else "first")
    if better:
        return Mended(second.completion.answer, after, cost, repaired=True)
    return Mended(answer, before, cost, repaired=False)


def repair_of(content: str, answer: BaseModel, findings: Sequence[Finding]) -> str:
    """Return the message that asks for a repair: the first one, the text as it came, and its faults, all as data."""
    words = prompts.faults()
    faults = [
        words[finding.code.value].replace("{value}", finding.value) for finding in findings[:_MOST_FAULTS]
    ]
    return "\n".join(
        [
            content,
            "",
            prompts.text("repair"),
            "<draft>",
            prompting.as_data(answer.model_dump()),
            "</draft>",
            "<faults>",
            prompting.as_data(faults),
            "</faults>",
        ]
    )
