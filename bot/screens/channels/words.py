"""How is what a platform says of an account told? Rights one by one, and refusals with what to do about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.i18n import Markup, Translator
from bot.ui import format as fmt
from core.errors import InvalidInput, NexusError, PlatformError
from core.platforms.base import Account, Severity


@dataclass(frozen=True, slots=True)
class Right:
    """A right that was looked at. ``needed``: without it nothing can be published."""

    code: str
    held: bool
    needed: bool

    def dump(self) -> dict[str, Any]:
        """Return it for the wizard's memory."""
        return {"code": self.code, "held": self.held, "needed": self.needed}


def rights_of(account: Account) -> list[Right]:
    """Return every right that was looked at, and whether it is there."""
    missing = {problem.code: problem.severity for problem in account.problems}
    codes = [*account.checked, *(code for code in missing if code not in account.checked)]
    return [Right(code, code not in missing, missing.get(code) is Severity.BLOCKING) for code in codes]


def rights(items: Iterable[Right], t: Translator) -> str:
    """Draw the rights, one a line."""
    return "\n".join(_right(item, t) for item in items)


def _right(item: Right, t: Translator) -> Markup:
    key = f"right-{item.code}"
    name = t(key) if t.has(key) else Markup(fmt.short(item.code, 60))
    if item.held:
        return t("connect-right-held", right=name)
    return t("connect-right-needed" if item.needed else "connect-right-missing", right=name)


def trouble(error: NexusError, slug: str, t: Translator) -> Markup:
    """Say what went wrong at the platform: in the words for exactly this refusal, else for its kind."""
    detail = error.error_code if isinstance(error, PlatformError) else str(error.params.get("reason") or "")
    for key in (f"trouble-{slug}-{detail}", f"trouble-{detail}", f"trouble-{error.code}"):
        if t.has(key):
            return t(key, **_values(error.params))
    return t("trouble-other", reason=fmt.short(str(error), 300))


def _values(params: Mapping[str, object]) -> dict[str, str | int]:
    kept = {
        name: fmt.short(str(value), 300) for name, value in params.items() if isinstance(value, str | int)
    }
    return {"reason": "–", **kept}


def is_typing_fault(error: NexusError) -> bool:
    """Tell whether what was typed was wrong in itself, so that the same question stays open."""
    return isinstance(error, InvalidInput)
