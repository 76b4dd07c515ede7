"""How does a new rule begin? From a ready-made one, from JSON, or with the least that can be saved."""

import json
import uuid
from dataclasses import replace
from io import BytesIO

import aiohttp
from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.context import Context
from bot.replies import Refusal
from bot.screens.automations import callbacks as cb
from bot.screens.automations import problems, starting_view
from bot.screens.automations.loading import add, automation_screen, save
from bot.screens.automations.states import RuleForm
from bot.ui import form
from bot.ui.pager import Page, clamp
from bot.ui.screen import send, show
from core.automations import drafting, saving
from core.automations import service as automations
from core.automations.ready_made import ReadyMade, ready_made
from core.automations.saving import NAME_LIMIT, Text
from core.automations.shapes.problems import InvalidRule
from core.errors import NotFound
from core.events import service as events

_PAGE = 6
_MOST_BYTES = 200_000  # of a rule's JSON


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rules-starting")
    on = screen.callback_query.register
    on(open_ready_made, cb.OpenReadyMade.filter())
    on(look, cb.LookReadyMade.filter())
    on(add_ready_made, cb.AddReadyMade.filter())
    on(begin, cb.NewRule.filter())
    on(ask_json, cb.NewFromJson.filter())
    on(export, cb.ExportRule.filter())
    on(ask_change, cb.ChangeByJson.filter())
    on(ask_name, cb.RenameRule.filter())
    for state, handler in ((RuleForm.new_json, take_new), (RuleForm.json, take_change)):
        screen.message.register(handler, state, F.document)
        screen.message.register(handler, state, F.text, ~F.text.startswith("/"))
    screen.message.register(take_name, RuleForm.name, ~F.text.startswith("/"))
    return screen


async def open_ready_made(query: CallbackQuery, callback_data: cb.OpenReadyMade, ctx: Context) -> None:
    """Show a page of the rules to start from."""
    found = ready_made(ctx.t.language)
    page = Page(clamp(callback_data.offset, _PAGE, len(found)), _PAGE, len(found))
    await show(
        query, ctx.bot, starting_view.ready_made(found[page.offset : page.offset + _PAGE], page, ctx.t)
    )


async def look(query: CallbackQuery, callback_data: cb.LookReadyMade, ctx: Context) -> None:
    """Show one of them in words."""
    await show(query, ctx.bot, starting_view.one(_found(ctx, callback_data.key), ctx.t, ctx.zone))


async def add_ready_made(query: CallbackQuery, callback_data: cb.AddReadyMade, ctx: Context) -> None:
    """Add it, unless the product has one of that name already: a second tap opens that one."""
    text = _found(ctx, callback_data.key).text
    if ctx.product_id is None:
        raise Refusal("rule-no-product")
    async with ctx.runtime.unit_of_work() as session:
        same = [
            one for one in await automations.named(session, text.name) if one.product_id == ctx.product_id
        ]
    made = same[0] if same else await add(ctx, text)
    key = "rule-there-already" if same else "rule-added"
    screen = await automation_screen(ctx, made.id)
    await show(query, ctx.bot, screen.noticed(ctx.t(key)))


async def begin(query: CallbackQuery, ctx: Context) -> None:
    """Make a rule that tells the owner of an event; its parts are then edited."""
    if ctx.product_id is None:
        raise Refusal("rule-no-product")
    async with ctx.runtime.unit_of_work() as session:
        known = await events.types(session, ctx.product_id)
        name = ctx.t.label("rule-new-name", n=await automations.count(session, product_id=ctx.product_id) + 1)
    event = known[0][0] if known else "order.paid"
    text = Text(
        name=name,
        trigger_type="event",
        trigger_config=drafting.new_trigger("event", event),
        actions=[drafting.new_action("notify", ctx.t.label("rule-new-message"), "")],
    )
    made = await add(ctx, text)
    await show(query, ctx.bot, (await automation_screen(ctx, made.id)).noticed(ctx.t("rule-begun")))


async def ask_json(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Ask for the JSON of a new rule."""
    await form.wait_for(state, RuleForm.new_json)
    await show(query, ctx.bot, starting_view.ask_json(ctx.t, cb.OpenAutomations()))


async def ask_change(
    query: CallbackQuery, callback_data: cb.ChangeByJson, ctx: Context, state: FSMContext
) -> None:
    """Ask for the JSON that replaces a rule."""
    about = callback_data.automation
    await form.wait_for(state, RuleForm.json, automation=about.hex, version=callback_data.version)
    await show(query, ctx.bot, starting_view.ask_json(ctx.t, cb.OpenAutomation(automation=about)))


async def take_new(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add what the JSON says, or say what is wrong with it and wait for another."""
    made = await add(ctx, await _read(message, ctx))
    await state.clear()
    await show(message, ctx.bot, (await automation_screen(ctx, made.id)).noticed(ctx.t("rule-added")))


async def take_change(message: Message, ctx: Context, state: FSMContext) -> None:
    """Replace the rule; whatever is wrong leaves it as it was."""
    about, version = await _waited(state)
    await save(ctx, about, await _read(message, ctx), version)
    await state.clear()
    await show(message, ctx.bot, (await automation_screen(ctx, about)).noticed(ctx.t("rule-changed")))


async def export(query: CallbackQuery, callback_data: cb.ExportRule, ctx: Context) -> None:
    """Send the rule as a file."""
    async with ctx.runtime.unit_of_work() as session:
        automation, product = await automations.get(session, callback_data.automation)
    document = json.dumps(saving.to_json(saving.text_of(automation)), ensure_ascii=False, indent=2)
    await ctx.bot.send_document(
        ctx.chat_id,
        BufferedInputFile(document.encode(), filename=f"{product.slug}-automation.json"),
        caption=ctx.t.label("rule-exported"),
    )
    await send(ctx.bot, ctx.chat_id, await automation_screen(ctx, automation.id))


async def ask_name(
    query: CallbackQuery, callback_data: cb.RenameRule, ctx: Context, state: FSMContext
) -> None:
    """Ask for another name."""
    about = callback_data.automation
    await form.wait_for(state, RuleForm.name, automation=about.hex, version=callback_data.version)
    await show(
        query,
        ctx.bot,
        form.question(ctx.t, ctx.t("rule-ask-name"), cancel=cb.OpenAutomation(automation=about)),
    )


async def take_name(message: Message, ctx: Context, state: FSMContext) -> None:
    """Give the rule another name."""
    name = form.typed_text(message, limit=NAME_LIMIT)
    about, version = await _waited(state)
    async with ctx.runtime.unit_of_work() as session:
        automation, _ = await automations.get(session, about)
        text = replace(saving.text_of(automation), name=name)
    await save(ctx, about, text, version)
    await state.clear()
    await show(message, ctx.bot, (await automation_screen(ctx, about)).noticed(ctx.t("rule-changed")))


def _found(ctx: Context, key: str) -> ReadyMade:
    for one in ready_made(ctx.t.language):
        if one.key == key:
            return one
    raise NotFound("this rule is not brought along any more")


async def _waited(state: FSMContext) -> tuple[uuid.UUID, int]:
    data = await state.get_data()
    return uuid.UUID(data["automation"]), int(data["version"])


async def _read(message: Message, ctx: Context) -> Text:
    """Return the rule that a message or its file holds. Raises ``Refusal``."""
    try:
        document = json.loads(await _words(message, ctx))
    except (ValueError, RecursionError) as error:
        line = str(error.lineno) if isinstance(error, json.JSONDecodeError) else "1"
        raise Refusal("rule-no-json", line=line) from None
    try:
        return saving.from_json(document)
    except InvalidRule as error:
        raise Refusal("rule-refused", problems=problems.said(error.problems, ctx.t)) from None


async def _words(message: Message, ctx: Context) -> str | bytes:
    if message.document is None:
        return message.text or ""
    size = message.document.file_size
    if size is not None and size > _MOST_BYTES:
        raise Refusal("rule-too-long", limit=_MOST_BYTES // 1000)
    try:
        file = await ctx.bot.get_file(message.document.file_id)
        if file.file_path is None:
            raise Refusal("rule-no-file")
        buffer = BytesIO()
        await ctx.bot.download_file(file.file_path, destination=buffer)
    except (TelegramAPIError, aiohttp.ClientError, TimeoutError):
        raise Refusal("rule-no-file") from None
    if buffer.tell() > _MOST_BYTES:
        raise Refusal("rule-too-long", limit=_MOST_BYTES // 1000)
    return buffer.getvalue()
