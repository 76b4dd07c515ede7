"""How does the wizard go on? It asks for a step, proves what was given once the chat is free, and shows what it found."""

from dataclasses import replace
from functools import partial

import structlog
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.screens.channels import connect_view as view
from bot.screens.channels import consent, words
from bot.screens.channels import pending as memory
from bot.screens.channels.pending import Pending
from bot.screens.channels.states import ConnectForm
from bot.ui.screen import Screen, edit, show
from core.channels import connecting, queries, trying
from core.channels import service as channels
from core.channels.connecting import Found
from core.channels.queries import ChannelView
from core.errors import NexusError
from core.platforms.registry import title_of
from core.products import service as products

log = structlog.get_logger(__name__)


async def go_on(event: Message | CallbackQuery, ctx: Context, state: FSMContext, pending: Pending) -> None:
    """Ask for the next step, or, when all were answered, have the platform asked."""
    if pending.asks(ctx) is not None:
        await show(event, ctx.bot, await ask(ctx, state, pending))
        return
    await memory.save(ctx, state, pending, ConnectForm.working)
    message_id = await show(event, ctx.bot, view.looking(ctx.t))
    ctx.afterwards.append(partial(_arrive, ctx, state, pending, message_id))


async def ask(ctx: Context, state: FSMContext, pending: Pending, *, notice: Markup | None = None) -> Screen:
    """Wait for the answer to the current step, and return its question."""
    step = pending.asks(ctx)
    if step is None:
        raise RuntimeError("every step was answered")
    if step.make is not None and step.field not in pending.given:
        pending = replace(pending, given={**pending.given, step.field: step.make()})
    await memory.save(ctx, state, pending, ConnectForm.secret if step.secret else ConnectForm.answer)
    me = await ctx.bot.me()
    screen = view.question(
        pending.platform,
        step.field,
        pending.turn,
        ctx.t,
        way=pending.way,
        bot_name=me.username or "",
        kept=await _kept_name(ctx, pending),
        said=_said(ctx, pending),
        made=pending.given[step.field] if step.make is not None else "",
    )
    return screen.noticed(notice) if notice else screen


def _said(ctx: Context, pending: Pending) -> Markup | None:
    """Say what the answer before has proved to be."""
    if not pending.said or not pending.step:
        return None
    _, way = pending.resolve(ctx)
    exact = f"said-{pending.platform}-{way.steps[pending.step - 1].field}"
    return ctx.t(exact if ctx.t.has(exact) else "connect-said", name=pending.said)


async def kept_value(ctx: Context, pending: Pending) -> str:
    """Return what the product's channel had for the current step; empty for a secret, or when there is none."""
    before = await _before(ctx, pending)
    step = pending.asks(ctx)
    if before is None or step is None or step.secret:
        return ""
    async with ctx.runtime.unit_of_work() as session:
        channel = await channels.get(session, before.channel_id)
    known = channel.settings if step.setting else channels.open_parts(ctx.runtime.keyring, channel)
    return str(known.get(step.field) or "")


async def _kept_name(ctx: Context, pending: Pending) -> str:
    """Return how the account is called that could be kept: its name says more than its number."""
    value = await kept_value(ctx, pending)
    before = await _before(ctx, pending)
    number = value.lstrip("-").isdecimal() or value.startswith("urn:")
    return before.name if before is not None and number else value


async def _before(ctx: Context, pending: Pending) -> ChannelView | None:
    async with ctx.runtime.unit_of_work() as session:
        lines, _ = await queries.list_page(session, product_id=pending.product, limit=50)
    return next((line for line in lines if line.platform == pending.platform), None)


def prove_later(
    ctx: Context, state: FSMContext, pending: Pending, message_id: int, *, notice: Markup | None
) -> None:
    """Ask whose the value is that was just given, once the chat is free."""
    ctx.afterwards.append(partial(_prove, ctx, state, pending, message_id, notice))


async def _prove(
    ctx: Context, state: FSMContext, pending: Pending, message_id: int, notice: Markup | None
) -> None:
    platform, _ = pending.resolve(ctx)
    step = pending.asks(ctx)
    if step is None:
        return
    before = await _before(ctx, pending)
    kept = before.settings if before is not None else {}
    try:
        said = await connecting.prove(ctx.runtime, platform, step, pending.given, kept)
    except NexusError as error:
        log.info("answer_not_proved", platform=platform.slug, reason=str(error))
        if await memory.goes_on(ctx, state, pending):
            without = {name: value for name, value in pending.given.items() if name != step.field}
            above = _lines(notice, words.trouble(error, platform.slug, ctx.t))
            screen = await ask(ctx, state, pending.next(given=without), notice=above)
            await edit(ctx.bot, ctx.chat_id, message_id, screen)
        return
    if not await memory.goes_on(ctx, state, pending):
        return
    following = pending.next(step=pending.step + 1, said=said)
    if following.asks(ctx) is not None:
        await edit(ctx.bot, ctx.chat_id, message_id, await ask(ctx, state, following, notice=notice))
        return
    await memory.save(ctx, state, following, ConnectForm.working)
    await _arrive(ctx, state, following, message_id)


async def _arrive(ctx: Context, state: FSMContext, pending: Pending, message_id: int) -> None:
    """Every step was answered: the account is looked at, or the platform's own page gives it first."""
    _, way = pending.resolve(ctx)
    if way.consent is None:
        await _look(ctx, state, pending, message_id)
        return
    try:
        screen = await consent.made(ctx, state, pending, message_id)
    except NexusError as error:
        log.info("no_consent_link", platform=pending.platform, reason=error.code)
        screen = await refuse(ctx, state, pending, error)
    if screen is not None:
        await edit(ctx.bot, ctx.chat_id, message_id, screen)


async def _look(ctx: Context, state: FSMContext, pending: Pending, message_id: int) -> None:
    """Ask the platform about the account, and show what it says."""
    screen = await look(ctx, state, pending)
    if screen is not None:
        await edit(ctx.bot, ctx.chat_id, message_id, screen)


async def look(ctx: Context, state: FSMContext, pending: Pending) -> Screen | None:
    """Return the account as found, or why the platform refuses it; None when the owner has left meanwhile."""
    try:
        found = await examine(ctx, pending)
    except NexusError as error:
        log.info("account_refused", platform=pending.platform, reason=str(error))
        return await refuse(ctx, state, pending, error)
    if not await memory.goes_on(ctx, state, pending):
        return None
    shown = pending.next(
        name=found.account.name,
        rights=tuple(words.rights_of(found.account)),
        other=await _is_other(ctx, pending, found),
    )
    await memory.save(ctx, state, shown, ConnectForm.found)
    return await found_screen(ctx, shown)


async def examine(ctx: Context, pending: Pending) -> Found:
    """Have the platform say what the account is, and refuse one that another product has."""
    platform, way = pending.resolve(ctx)
    before = await _before(ctx, pending)
    kept = before.settings if before is not None else {}
    found = await connecting.examine(ctx.runtime, platform, way, pending.given, kept)
    async with ctx.runtime.unit_of_work() as session:
        await connecting.refuse_taken(session, ctx.runtime, pending.product, found)
    return found


async def _is_other(ctx: Context, pending: Pending, found: Found) -> bool:
    """Tell whether the product's channel is another account by now, whatever name the owner has it shown under."""
    before = await _before(ctx, pending)
    if before is None:
        return False
    async with ctx.runtime.unit_of_work() as session:
        channel = await channels.get(session, before.channel_id)
    return connecting.is_another(ctx.runtime, channel, found)


async def refuse(ctx: Context, state: FSMContext, pending: Pending, error: NexusError) -> Screen | None:
    """Show why it did not work, with "look again"; None when the owner has left meanwhile."""
    if not await memory.goes_on(ctx, state, pending):
        return None
    shown = pending.next(name="", rights=())
    await memory.save(ctx, state, shown, ConnectForm.found)
    return view.refused(words.trouble(error, pending.platform, ctx.t), shown.turn, ctx.t)


async def found_screen(ctx: Context, pending: Pending) -> Screen:
    """Draw the account that was found."""
    platform, _ = pending.resolve(ctx)
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, pending.product)
    before = await _before(ctx, pending)
    other = before if before is not None and pending.other else None
    drawn = view.FoundView(
        name=pending.name,
        platform=title_of(pending.platform, ctx.runtime.platforms),
        product=product.name,
        rights=pending.rights,
        before=other.name if other else "",
        waiting=other.waiting if other else 0,
        slug=pending.platform,
        testable=trying.takes_text(platform),
    )
    return view.found(drawn, pending.turn, ctx.t)


async def redraw(ctx: Context, state: FSMContext) -> Screen | None:
    """Return the wizard's current screen; None when there is none."""
    pending = await memory.load(ctx, state)
    if pending.name:
        current = pending.next()
        await memory.save(ctx, state, current, ConnectForm.found)
        return await found_screen(ctx, current)
    if pending.asks(ctx) is not None:
        return await ask(ctx, state, pending.next())
    return await ask(ctx, state, pending.next(step=pending.step - 1))


def _lines(*parts: Markup | None) -> Markup:
    return Markup("\n\n".join(part for part in parts if part))
