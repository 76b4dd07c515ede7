"""How is it said what is wrong with a rule? Each problem by its path, with what would be allowed."""

from collections.abc import Sequence

from bot.i18n import Markup, Translator
from bot.ui import format as fmt
from core.automations.shapes.problems import Problem

_SHOWN = 8
_LISTED = 200  # characters of what is allowed


def said(problems: Sequence[Problem], t: Translator) -> Markup:
    """Return a line for each of the first problems."""
    lines = [line(problem, t) for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(t("automation-more", n=len(problems) - _SHOWN))
    return Markup("\n".join(lines))


def line(problem: Problem, t: Translator) -> Markup:
    """Return what is wrong in one place."""
    params = problem.params
    what = t(
        f"rule-problem-{problem.code.value}",
        value=fmt.short(str(params.get("value", "")), 60),
        allowed=fmt.short(", ".join(str(one) for one in params.get("allowed", ())), _LISTED),
        names=", ".join(str(one) for one in params.get("names", ())),
        limit=str(params.get("limit", "")),
        operator=str(params.get("operator", "")),
    )
    where = fmt.short(problem.where, 80)
    return t("rule-problem", where=where, what=what) if where else Markup(f"• {what}")
