"""What is a rule for? A line in the owner's words: typed, replaced, or taken away."""

import uuid
from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.automations import callbacks as cb
from bot.screens.automations.loading import automation_screen, save
from bot.screens.automations.states import RuleForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button
from bot.ui.screen import show
from core.automations import saving
from core.automations import service as automations

_LIMIT = 300  # UTF-16 units: what the rule's card shows of it


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rules-describing")
    screen.callback_query.register(ask, cb.DescribeRule.filter())
    screen.callback_query.register(clear, cb.ClearDescription.filter())
    screen.message.register(take, RuleForm.description, ~F.text.startswith("/"))
    return screen


async def ask(query: CallbackQuery, callback_data: cb.DescribeRule, ctx: Context, state: FSMContext) -> None:
    """Ask for the line, showing the one there is."""
    about, version = callback_data.automation, callback_data.version
    async with ctx.runtime.unit_of_work() as session:
        automation, _ = await automations.get(session, about)
    await form.wait_for(state, RuleForm.description, automation=about.hex, version=version)
    text, rows = ctx.t("rule-ask-description"), list[Row]()
    if automation.description:
        text = type(text)(
            f"{text}\n\n{ctx.t('rule-is-now', value=fmt.short(automation.description, _LIMIT))}"
        )
        cleared = cb.ClearDescription(automation=about, version=version)
        rows = [[button(ctx.t.label("rule-clear-value"), cleared)]]
    cancel = cb.OpenParts(automation=about)
    await show(query, ctx.bot, form.question(ctx.t, text, *rows, cancel=cancel))


async def take(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep what was typed, on one line."""
    typed = " ".join(form.typed_text(message, limit=_LIMIT).split())
    data = await state.get_data()
    about = uuid.UUID(data["automation"])
    await _describe(ctx, about, int(data["version"]), typed)
    await state.clear()
    await show(message, ctx.bot, (await automation_screen(ctx, about)).noticed(ctx.t("rule-changed")))


async def clear(
    query: CallbackQuery, callback_data: cb.ClearDescription, ctx: Context, state: FSMContext
) -> None:
    """Take the line away."""
    await _describe(ctx, callback_data.automation, callback_data.version, None)
    await state.clear()
    screen = await automation_screen(ctx, callback_data.automation)
    await show(query, ctx.bot, screen.noticed(ctx.t("rule-changed")))


async def _describe(ctx: Context, about: uuid.UUID, version: int, line: str | None) -> None:
    async with ctx.runtime.unit_of_work() as session:
        automation, _ = await automations.get(session, about)
    await save(ctx, about, replace(saving.text_of(automation), description=line), version)
