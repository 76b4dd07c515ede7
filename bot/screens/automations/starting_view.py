"""What is shown where a rule begins? Those to start from, one of them in words, and the question for JSON."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.i18n import Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import words
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.formatted import escape
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.automations.ready_made import ReadyMade
from core.settings import cron


def ready_made(found: Sequence[ReadyMade], page: Page, t: Translator) -> Screen:
    """Draw a page of the rules to start from."""
    blocks = [
        t("rule-ready-line", name=one.text.name, description=one.text.description or "") for one in found
    ]
    names = [button(fmt.short(one.text.name, 40), cb.LookReadyMade(key=one.key)) for one in found]
    arrows = pager(page, lambda offset: cb.OpenReadyMade(offset=offset))
    back = button(t.label("automations-back"), cb.OpenAutomations())
    return Screen.of("\n\n".join([t("rule-ready-title"), *blocks]), keyboard(*grid(names, 1), arrows, [back]))


def one(rule: ReadyMade, t: Translator, zone: tzinfo) -> Screen:
    """Draw one of them in words."""
    text = rule.text
    schedule = cron.read(text.trigger_config, zone) if text.trigger_type == "schedule" else None
    conditions = text.conditions if isinstance(text.conditions, list) else [text.conditions]
    blocks = [
        t("rule-ready-one", name=text.name),
        escape(text.description or ""),
        f"{t('automation-head-when')}\n{words.trigger(text.trigger_type, text.trigger_config, schedule, t)}",
        "\n".join([t("automation-head-if"), *(words.conditions(conditions, t) or [t("automation-always")])]),
        "\n".join([t("automation-head-do"), *words.actions(text.actions, t)]),
        "\n".join([t("automation-head-how"), *words.options(text.options, t)]),
        t("rule-ready-off"),
    ]
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            [button(t.label("rule-ready-add"), cb.AddReadyMade(key=rule.key), style=Style.SUCCESS)],
            [button(t.label("ui-back"), cb.OpenReadyMade())],
        ),
    )


def ask_json(t: Translator, cancel: Callback) -> Screen:
    """Ask for a rule's JSON."""
    return form.question(t, t("rule-ask-json"), cancel=cancel)
