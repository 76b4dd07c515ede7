"""What does the usage screen show? What AI has cost today and this month, for whom and by which model, and what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from bot.i18n import Markup, Translator
from bot.screens.home.callbacks import Home
from bot.screens.settings.callbacks import OpenSection
from bot.screens.settings.fields import Section
from bot.screens.usage.callbacks import Cut, OpenUsage
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from bot.ui.table import Table, numbers, words
from core.ai.reporting import Budget, Lines
from core.ai.sums import Spent

PAGE = 10
_NAMED = 5  # models without a price that are named


@dataclass(frozen=True, slots=True)
class UsageModel:
    """The head of the screen: both periods, and the models nobody knows the price of."""

    today: Budget
    month: Budget
    unpriced: Sequence[str] = ()


def overview(model: UsageModel, t: Translator) -> Screen:
    """Draw today and this month, the caps and what they leave."""
    if not model.month.spent.calls:
        blocks = [t("usage-title"), t("usage-nothing"), _caps(model, t)]
    else:
        blocks = [t("usage-title"), _period(model.today, t), _period(model.month, t), _caps(model, t)]
    blocks.append(_unpriced(model, t))
    return Screen.of("\n\n".join(block for block in blocks if block), keyboard(*_rows(Cut.TOTAL, t)))


def breakdown(cut: Cut, lines: Lines, t: Translator) -> Screen:
    """Draw a page of this month's costs by product, model or purpose."""
    title = t(f"usage-by-{cut.value}")
    if not lines.items:
        return Screen.of(f"{title}\n\n{t('usage-nothing')}", keyboard(*_rows(cut, t)))
    rows = [
        (_name(cut, line.name, t), fmt.number(t, line.spent.calls), cost(line.spent, t))
        for line in lines.items
    ]
    table = Table(
        [words(), numbers(t.label("usage-column-calls")), numbers(t.label("usage-column-cost"))], rows
    )
    page = Page(lines.offset, PAGE, lines.total)
    arrows = pager(page, lambda offset: OpenUsage(cut=cut, offset=offset))
    return Screen.of(title, keyboard(arrows, *_rows(cut, t)), more=[table])


def by_day(days: Sequence[tuple[date, Spent]], t: Translator) -> Screen:
    """Draw the last days, today first."""
    rows = [
        (_day(day, t), fmt.number(t, spent.calls), cost(spent, t) if spent.calls else "–")
        for day, spent in days
    ]
    table = Table(
        [words(), numbers(t.label("usage-column-calls")), numbers(t.label("usage-column-cost"))], rows
    )
    return Screen.of(t("usage-by-days", n=len(days)), keyboard(*_rows(Cut.DAYS, t)), more=[table])


def cost(spent: Spent, t: Translator) -> str:
    """Return what calls have cost; "?" for what nobody knows the price of."""
    if spent.unpriced == spent.calls:
        return t.label("usage-unknown")
    known = fmt.money(t, spent.cost_usd)
    return f"{known} + ?" if spent.unpriced else known


def cap_detail(details: Mapping[str, object], t: Translator) -> Markup:
    """Say what a cap has left and what the call might have cost; ``details`` are those of ``CapReached``."""
    cap, spent, needs = (Decimal(str(details[name])) for name in ("cap_usd", "spent_usd", "needs_usd"))
    left = max(cap - spent, Decimal(0))
    values = {"cap": fmt.money(t, cap), "left": fmt.money(t, left), "needs": fmt.money(t, needs)}
    return t(f"usage-cap-{details['period']}", **values)


def _period(budget: Budget, t: Translator) -> str:
    spent = budget.spent
    return t(
        f"usage-{budget.period.value}",
        cost=cost(spent, t) if spent.calls else fmt.money(t, Decimal(0)),
        calls=spent.calls,
        given=fmt.number(t, spent.input_tokens),
        made=fmt.number(t, spent.output_tokens),
    )


def _caps(model: UsageModel, t: Translator) -> str:
    lines = []
    for budget in (model.today, model.month):
        if budget.cap_usd is not None and budget.left_usd is not None:
            limits = {"cap": fmt.money(t, budget.cap_usd), "left": fmt.money(t, budget.left_usd)}
            lines.append(t(f"usage-left-{budget.period.value}", **limits))
        if budget.warn_usd is not None:
            lines.append(t(f"usage-warn-{budget.period.value}", limit=fmt.money(t, budget.warn_usd)))
    return "\n".join(lines) if lines else t("usage-no-cap")


def _unpriced(model: UsageModel, t: Translator) -> str:
    if not model.unpriced:
        return ""
    named = ", ".join(fmt.short(name, 60) for name in model.unpriced[:_NAMED])
    return t("usage-unpriced", models=named)


def _name(cut: Cut, name: str | None, t: Translator) -> str:
    if name is None:
        return t.label("usage-no-product")
    if cut is Cut.PURPOSES and t.has(f"usage-purpose-{name}"):
        return t.label(f"usage-purpose-{name}")
    return name.removeprefix("claude-") if cut is Cut.MODELS else name


def _day(day: date, t: Translator) -> str:
    return str(format_date(day, "EEE d MMM", locale=t.language))


def _rows(here: Cut, t: Translator) -> list[Row]:
    cuts = [button(t.label(f"usage-cut-{cut.value}"), OpenUsage(cut=cut)) for cut in Cut if cut is not here]
    refresh = button(t.label("ui-refresh"), OpenUsage(cut=here))
    limits = button(t.label("usage-limits"), OpenSection(section=Section.AI))
    return [*grid(cuts, 2), [limits], [refresh, button(t.label("ui-home"), Home())]]
