"""What happens to what is typed about a product's events? A secret of the sender's is kept, a test event is sent."""

import json
import uuid
from functools import partial
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.replies import Refusal
from bot.screens.events.callbacks import OpenEvent
from bot.screens.events.hooks import callbacks as cb
from bot.screens.events.hooks.card import hook_screen
from bot.screens.events.hooks.states import HookForm
from bot.screens.events.hooks.view import TEST_EVENT
from bot.screens.secrets import remove_secret
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen, edit, show
from core.errors import InvalidInput, Stale
from core.events import secrets, sending
from core.events.arrival import TYPE_LIMIT, usable_type
from core.products import service as products
from core.products import webhook_secret

_LONGEST_EVENT = 4000  # UTF-16 units; what fits into a message


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="hook_forms")
    screen.callback_query.register(ask_secret, cb.GiveSecret.filter())
    screen.callback_query.register(ask_test, cb.AskTest.filter())
    screen.callback_query.register(send_usual, cb.SendTest.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_secret, HookForm.secret, not_a_command)
    screen.message.register(take_event, HookForm.event, not_a_command)
    return screen


async def ask_secret(
    query: CallbackQuery, callback_data: cb.GiveSecret, ctx: Context, state: FSMContext
) -> None:
    """Ask for a secret that the sender has made, as Stripe does."""
    product = callback_data.product
    await form.wait_for(state, HookForm.secret, product=product.hex, version=callback_data.version)
    cancel = cb.OpenHook(product=product)
    await show(query, ctx.bot, form.question(ctx.t, ctx.t("hook-ask-secret"), cancel=cancel))


async def take_secret(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep the secret; its message is gone from the chat before anything else, right or wrong."""
    notice = await remove_secret(message, ctx)
    data = await state.get_data()
    product_id = uuid.UUID(data["product"])
    try:
        async with ctx.runtime.unit_of_work() as session:
            await secrets.renew(
                session,
                ctx.runtime.keyring,
                product_id,
                version=int(data["version"]),
                now=ctx.now,
                given=message.text or "",
            )
    except InvalidInput:
        wrong = Markup(f"{notice}\n\n{ctx.t('hook-secret-wrong')}")
        question = form.question(ctx.t, wrong, cancel=cb.OpenHook(product=product_id))
        await show(message, ctx.bot, question)
        return
    except Stale:
        said = Markup(f"{notice}\n{ctx.t('hook-stale')}")
    else:
        said = Markup(f"{notice}\n{ctx.t('hook-secret-kept')}")
    await state.clear()
    await show(message, ctx.bot, (await hook_screen(ctx, product_id)).noticed(said))


async def ask_test(query: CallbackQuery, callback_data: cb.AskTest, ctx: Context, state: FSMContext) -> None:
    """Ask which event to send."""
    product = callback_data.product
    await form.wait_for(state, HookForm.event, product=product.hex)
    question = form.question(
        ctx.t,
        ctx.t("hook-ask-event"),
        [button(ctx.t.label("hook-send-usual", type=TEST_EVENT), cb.SendTest(product=product))],
        cancel=cb.OpenHook(product=product),
    )
    await show(query, ctx.bot, question)


async def send_usual(
    query: CallbackQuery, callback_data: cb.SendTest, ctx: Context, state: FSMContext
) -> None:
    """Send the usual test event, once the chat is free."""
    await state.clear()
    await _begin(query, ctx, callback_data.product, TEST_EVENT, {"message": ctx.t.label("hook-test-text")})


async def take_event(message: Message, ctx: Context, state: FSMContext) -> None:
    """Send what was typed: the event's name, and its data from the second line on."""
    typed = form.typed_text(message, limit=_LONGEST_EVENT)
    product_id = uuid.UUID((await state.get_data())["product"])
    event_type, data = _read(typed)
    await state.clear()
    await _begin(message, ctx, product_id, event_type, data)


def _read(typed: str) -> tuple[str, dict[str, Any]]:
    event_type, _, rest = (part.strip() for part in typed.partition("\n"))
    if not usable_type(event_type):
        raise Refusal("hook-event-name", limit=TYPE_LIMIT)
    try:
        data = json.loads(rest) if rest else {}
    except (ValueError, RecursionError):
        raise Refusal("hook-event-data") from None
    if not isinstance(data, dict):
        raise Refusal("hook-event-data")
    return event_type, data


async def _begin(
    event: Message | CallbackQuery, ctx: Context, product_id: uuid.UUID, event_type: str, data: dict[str, Any]
) -> None:
    screen = (await hook_screen(ctx, product_id)).noticed(ctx.t("hook-sending"))
    message_id = await show(event, ctx.bot, screen)
    ctx.afterwards.append(partial(_send, ctx, product_id, event_type, data, message_id))


async def _send(
    ctx: Context, product_id: uuid.UUID, event_type: str, data: dict[str, Any], message_id: int
) -> None:
    """Send it the way the product would, and say what the receiver answered."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
    secret = webhook_secret.reveal(ctx.runtime.keyring, product)
    screen = await hook_screen(ctx, product_id)
    if secret is None:
        await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(ctx.t("hook-stale")))
        return
    address = sending.address_of(ctx.runtime.settings, product.slug)
    try:
        sent = await sending.send(
            ctx.runtime.http, address, sending.body_of(event_type, data, ctx.now), secret
        )
    except sending.NotSent as error:
        reason = fmt.short(str(error.params["reason"]), 300)
        await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(ctx.t("hook-not-sent", reason=reason)))
        return
    rows = [
        [button(ctx.t.label("hook-open-event"), OpenEvent(event=uuid.UUID(sent.event_id)))],
        [button(ctx.t.label("ui-back"), cb.OpenHook(product=product_id))],
    ]
    done = ctx.t("hook-sent", type=fmt.short(event_type, 100))
    await edit(ctx.bot, ctx.chat_id, message_id, Screen.of(done, keyboard(*rows)))
