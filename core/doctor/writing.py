"""Does the chosen model answer? One call of a few tokens, made only when somebody asks for it: it costs money."""

from pydantic import BaseModel

from core.ai import choosing
from core.ai.provider import (
    BadKey,
    Block,
    InvalidAnswer,
    ModelGone,
    NoCredit,
    Provider,
    ProviderError,
    Request,
    Truncated,
)
from core.config import Settings
from core.doctor.findings import Finding, failure, ok, warning
from core.settings.service import Ai

_SECONDS = 20.0


class _Word(BaseModel):
    """The shortest answer there is."""

    text: str


async def ask(settings: Settings, ai: Ai) -> list[Finding]:
    """Ask each chosen model; nothing where none is chosen, which is said elsewhere."""
    choice = choosing.choose(settings, ai)
    if choice.missing is not None:
        return []
    try:
        async with choosing.opened(settings, choice) as provider:
            return [await _ask(provider, model) for model in choice.models]
    except (BadKey, NoCredit) as error:  # the same for every model
        return [failure("model", f"{choice.models[0]}: {error}", "Check the key and the account's credit")]


async def _ask(provider: Provider, model: str) -> Finding:
    request = Request(
        model=model, system=(Block("Answer with one word."),), content="Say: ok", answer=_Word, max_tokens=16,
        effort="low", time_limit=_SECONDS, idle_limit=_SECONDS,
    )  # fmt: skip
    try:
        await provider.complete(request)
    except (Truncated, InvalidAnswer):
        pass  # cut off or in another form: it answered
    except ModelGone as error:
        return failure("model", f"{model}: {error}", "Choose another model in the settings")
    except (BadKey, NoCredit):
        raise
    except ProviderError as error:
        return warning(
            "model", f"{model}: {error}", "Look again later; drafts are made from templates meanwhile"
        )
    return ok("model", f"{model} answers")
