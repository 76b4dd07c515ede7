"""How is a rule built in the chat? Piece by piece, in forms made from the models; each change is a whole rule again."""

import json
import uuid
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.replies import Refusal
from bot.screens.automations import callbacks as cb
from bot.screens.automations import editing_view as view
from bot.screens.automations import nesting_view, offers
from bot.screens.automations.loading import automation_screen, save
from bot.screens.automations.states import RuleForm
from bot.ui import form
from bot.ui.screen import Screen, show
from core.automations import drafting, saving
from core.automations import service as automations
from core.automations.models import Automation
from core.automations.saving import Text
from core.automations.shapes.forms import FieldKind, FormField
from core.automations.shapes.registry import ACTIONS, TRIGGERS
from core.errors import NotFound
from core.events import service as events
from core.products import service as products
from core.settings import cron

_TYPED = 4000  # UTF-16 units


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rules-editing")
    on = screen.callback_query.register
    on(open_parts, cb.OpenParts.filter())
    on(open_part, cb.OpenPart.filter())
    on(choose_kind, cb.ChooseKind.filter())
    on(add_part, cb.AddPart.filter())
    on(remove_part, cb.RemovePart.filter())
    on(count_group, cb.CountGroup.filter())
    on(ask_value, cb.EditField.filter())
    on(choose_value, cb.ChooseValue.filter())
    on(set_mode, cb.SetMode.filter())
    screen.message.register(take_value, RuleForm.value, ~F.text.startswith("/"))
    return screen


async def open_parts(
    query: CallbackQuery, callback_data: cb.OpenParts, ctx: Context, state: FSMContext
) -> None:
    """Show the pieces of a rule."""
    await state.clear()
    await show(query, ctx.bot, await _parts(ctx, callback_data.automation))


async def open_part(
    query: CallbackQuery, callback_data: cb.OpenPart, ctx: Context, state: FSMContext
) -> None:
    """Show one piece's form; it is also the way back from its questions."""
    await state.clear()
    await show(
        query, ctx.bot, await _part(ctx, callback_data.automation, callback_data.part, callback_data.place)
    )


async def choose_kind(query: CallbackQuery, callback_data: cb.ChooseKind, ctx: Context) -> None:
    """Show the kinds a new action, or the trigger, may be of."""
    automation, _ = await _load(ctx, callback_data.automation)
    kinds = list(TRIGGERS if callback_data.part == "t" else ACTIONS)
    if callback_data.part in {"h", "e"}:
        kinds.remove("branch")  # one level is built here; JSON says more
    await show(query, ctx.bot, view.kinds(automation, callback_data, kinds, ctx.t))


async def add_part(query: CallbackQuery, callback_data: cb.AddPart, ctx: Context) -> None:
    """Add a condition or an action, or change the trigger's kind; its form is shown."""
    about = callback_data.automation
    automation, text = await _load(ctx, about)
    changed, place = await _added(ctx, automation, text, callback_data)
    await save(ctx, about, changed, callback_data.version)
    await show(query, ctx.bot, await _part(ctx, about, callback_data.part, place))


async def remove_part(query: CallbackQuery, callback_data: cb.RemovePart, ctx: Context) -> None:
    """Take a condition or an action out."""
    _, text = await _load(ctx, callback_data.automation)
    changed = drafting.without(text, callback_data.part, callback_data.place)
    await save(ctx, callback_data.automation, changed, callback_data.version)
    screen = await _around(ctx, callback_data.automation, callback_data.part, callback_data.place)
    await show(query, ctx.bot, screen.noticed(ctx.t("rule-part-removed")))


async def count_group(query: CallbackQuery, callback_data: cb.CountGroup, ctx: Context) -> None:
    """Say how the conditions of a group count."""
    _, text = await _load(ctx, callback_data.automation)
    changed = drafting.with_group(text, callback_data.place, callback_data.kind)
    await save(ctx, callback_data.automation, changed, callback_data.version)
    screen = await _part(ctx, callback_data.automation, "c", callback_data.place)
    await show(query, ctx.bot, screen.noticed(ctx.t("rule-changed")))


async def ask_value(
    query: CallbackQuery, callback_data: cb.EditField, ctx: Context, state: FSMContext
) -> None:
    """Ask for a field's value: typed, or one of those offered."""
    about, part, place = callback_data.automation, callback_data.part, callback_data.place
    automation, text = await _load(ctx, about)
    field = _field(text, part, place, callback_data.field)
    offered = await offers.values(ctx, automation, field)
    if field.kind not in {FieldKind.CHOICE, FieldKind.FLAG, *drafting.WHOLE}:
        await form.wait_for(
            state, RuleForm.value, automation=about.hex, version=automation.version, part=part, place=place, field=callback_data.field,
        )  # fmt: skip
    now = drafting.part_of(text, part, place).get(field.name)
    await show(query, ctx.bot, view.question(automation, callback_data, field, now, offered, ctx.t))


async def choose_value(
    query: CallbackQuery, callback_data: cb.ChooseValue, ctx: Context, state: FSMContext
) -> None:
    """Give a field one of the offered values."""
    automation, text = await _load(ctx, callback_data.automation)
    part, place = callback_data.part, callback_data.place
    field = _field(text, part, place, callback_data.field)
    value: Any = None
    if callback_data.value:
        offered = await offers.values(ctx, automation, field)
        found = [one for one in offered if cb.number_of(one) == callback_data.value]
        if not found:
            raise NotFound("this value is not offered any more")
        value = found[0]
        if field.kind is FieldKind.PLATFORMS:
            value = _toggled(drafting.part_of(text, part, place).get(field.name), value)
    changed = drafting.with_value(text, part, place, field.name, value)
    await save(ctx, automation.id, changed, callback_data.version)
    await state.clear()
    await show(query, ctx.bot, (await _part(ctx, automation.id, part, place)).noticed(ctx.t("rule-changed")))


async def take_value(message: Message, ctx: Context, state: FSMContext) -> None:
    """Give a field what was typed; what cannot be used is explained, and another is waited for."""
    typed = form.typed_text(message, limit=_TYPED)
    data = await state.get_data()
    about, part, place = uuid.UUID(data["automation"]), data["part"], int(data["place"])
    _, text = await _load(ctx, about)
    field = _field(text, part, place, int(data["field"]))
    changed = drafting.with_value(text, part, place, field.name, _typed_value(field, typed))
    await save(ctx, about, changed, int(data["version"]))
    await state.clear()
    await show(message, ctx.bot, (await _part(ctx, about, part, place)).noticed(ctx.t("rule-changed")))


async def set_mode(query: CallbackQuery, callback_data: cb.SetMode, ctx: Context) -> None:
    """Choose how freely it acts."""
    _, text = await _load(ctx, callback_data.automation)
    changed = drafting.with_value(text, "o", 0, "mode", callback_data.mode)
    await save(ctx, callback_data.automation, changed, callback_data.version)
    screen = await automation_screen(ctx, callback_data.automation)
    await show(query, ctx.bot, screen.noticed(ctx.t("rule-changed")))


async def _load(ctx: Context, automation_id: uuid.UUID) -> tuple[Automation, Text]:
    async with ctx.runtime.unit_of_work() as session:
        automation, _ = await automations.get(session, automation_id)
    return automation, saving.text_of(automation)


async def _parts(ctx: Context, automation_id: uuid.UUID) -> Screen:
    automation, text = await _load(ctx, automation_id)
    return view.parts(automation, text, ctx.t, ctx.zone)


async def _around(ctx: Context, automation_id: uuid.UUID, part: drafting.Part, place: int) -> Screen:
    """Draw what a piece stands in: the whole rule, or the group or branch that it is part of."""
    if part in {"c", "a"}:
        return await _parts(ctx, automation_id)
    return await _part(ctx, automation_id, drafting.outer_of(part), place // drafting.WITHIN)


async def _part(ctx: Context, automation_id: uuid.UUID, part: drafting.Part, place: int) -> Screen:
    automation, text = await _load(ctx, automation_id)
    try:
        piece = drafting.part_of(text, part, place)
        if part == "c" and drafting.group_kind(piece) is not None:
            return nesting_view.group(automation, place, piece, ctx.t)
        if part == "a" and drafting.kind_of(piece) == "branch":
            return nesting_view.branch(automation, place, piece, ctx.t)
        fields = drafting.form_of(text, part, place)
    except NotFound:
        return view.parts(automation, text, ctx.t, ctx.zone).noticed(ctx.t("rule-part-no-form"))
    times: list[Markup] = []
    if part == "t" and text.trigger_type == "schedule":
        times = view.next_times(cron.read(text.trigger_config, ctx.zone), ctx.t, ctx.now)
    return view.part(automation, part, place, fields, drafting.part_of(text, part, place), ctx.t, times)


async def _added(ctx: Context, automation: Automation, text: Text, asked: cb.AddPart) -> tuple[Text, int]:
    if asked.part in {"c", "g", "b"}:
        paths = await offers.values(ctx, automation, _PATH)
        condition = drafting.new_condition(paths[0] if paths else "amount")
        if asked.part == "c" and asked.kind:
            condition = {"any": [condition]}
        return drafting.with_piece(text, asked.part, condition, asked.outer)
    kinds = list(TRIGGERS if asked.part == "t" else ACTIONS)
    if asked.kind >= len(kinds):
        raise NotFound("there is no such kind")
    kind = kinds[asked.kind]
    async with ctx.runtime.unit_of_work() as session:
        if asked.part == "t":
            known = await events.types(session, automation.product_id)
            event = known[0][0] if known else "order.paid"
            return drafting.with_trigger(text, kind, drafting.new_trigger(kind, event)), 0
        others = [one.slug for one in await products.list_active(session) if one.id != automation.product_id]
    if kind == "cross_promote" and not others:
        raise Refusal("rule-no-other-product")
    words = ctx.t.label("rule-new-words")
    piece = drafting.new_action(kind, words, others[0] if others else "")
    return drafting.with_piece(text, asked.part, piece, asked.outer)


_PATH = FormField("field", FieldKind.PATH, required=True)


def _field(text: Text, part: drafting.Part, place: int, number: int) -> FormField:
    fields = drafting.form_of(text, part, place)
    if number >= len(fields):
        raise NotFound("there is no such field")
    return fields[number]


def _toggled(now: Any, value: str) -> list[str] | None:
    chosen = [one for one in now if isinstance(one, str)] if isinstance(now, list) else []
    chosen = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
    return chosen or None


def _typed_value(field: FormField, typed: str) -> Any:
    """Return what was typed as the JSON the field holds; whether it is right shows when the rule is saved."""
    match field.kind:
        case FieldKind.NUMBER:
            return int(typed) if typed.lstrip("-").isdecimal() else typed
        case FieldKind.PLATFORMS:
            return [part for part in typed.replace(",", " ").split() if part]
        case FieldKind.PAIRS:
            pairs = (line.partition(":") for line in typed.splitlines() if line.strip())
            return {name.strip(): value.strip() for name, _, value in pairs}
        case FieldKind.VALUE:
            try:
                return json.loads(typed)
            except (ValueError, RecursionError):
                return typed
        case _:
            return typed
