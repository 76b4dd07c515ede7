"""What do /templates and the buttons of the list and of one template do?"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.templates import callbacks as cb
from bot.screens.templates import loading, view
from bot.ui.screen import Screen, show
from core.errors import NotFound, Stale
from core.templates import editing
from core.templates import service as templates


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="templates")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(open_templates, Command("templates"))
    screen.callback_query.register(open_templates, cb.OpenTemplates.filter())
    screen.callback_query.register(turn_page, cb.TurnTemplates.filter())
    screen.callback_query.register(narrow, cb.Narrow.filter())
    screen.callback_query.register(open_template, cb.OpenTemplate.filter())
    screen.callback_query.register(copy, cb.CopyTemplate.filter())
    screen.callback_query.register(ask_delete, cb.AskDelete.filter())
    screen.callback_query.register(delete, cb.DeleteTemplate.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: object, ctx: Context) -> None:
    """Draw the template as it is now; the list, when it is gone."""
    screen: Screen | None = None
    if isinstance(data, cb.AboutTemplate):
        try:
            screen = await loading.template_screen(ctx, data.template)
        except NotFound:
            screen = None
    screen = screen or await loading.list_screen(ctx)
    await show(query, ctx.bot, screen.noticed(ctx.t("template-stale")))


async def open_templates(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show the list; whatever was being typed is left."""
    await state.clear()
    await show(event, ctx.bot, await loading.list_screen(ctx))


async def turn_page(query: CallbackQuery, callback_data: cb.TurnTemplates, ctx: Context) -> None:
    """Show a page of what is chosen."""
    await show(query, ctx.bot, await loading.list_screen(ctx, callback_data))


async def narrow(query: CallbackQuery, callback_data: cb.Narrow, ctx: Context) -> None:
    """Ask what the list is to be narrowed by."""
    await show(query, ctx.bot, view.narrowing(callback_data, ctx.t))


async def open_template(
    query: CallbackQuery, callback_data: cb.OpenTemplate, ctx: Context, state: FSMContext
) -> None:
    """Show one template; it is also the way back from its questions."""
    await state.clear()
    await show(query, ctx.bot, await loading.template_screen(ctx, callback_data.template))


async def copy(query: CallbackQuery, callback_data: cb.CopyTemplate, ctx: Context) -> None:
    """Make an own copy and show it; the same button does not make a second one."""
    async with ctx.runtime.unit_of_work() as session:
        source = await templates.get(session, callback_data.template)
        name = loading.copy_names(ctx, source.name)[callback_data.number - 1]
        made = await editing.copy(session, source.id, name=name, product_id=loading.copies_go_to(ctx, source))
    screen = await loading.template_screen(ctx, made.id)
    await show(query, ctx.bot, screen.noticed(ctx.t("template-copied")))


async def ask_delete(query: CallbackQuery, callback_data: cb.AskDelete, ctx: Context) -> None:
    """Ask before deleting."""
    card = await loading.load_card(ctx, callback_data.template)
    if not card.own:
        raise Stale("a system template is not deleted", template_id=card.template_id)
    await show(query, ctx.bot, view.ask_delete(card, ctx.t))


async def delete(query: CallbackQuery, callback_data: cb.DeleteTemplate, ctx: Context) -> None:
    """Delete it and show the list; a second tap finds it gone."""
    try:
        async with ctx.runtime.unit_of_work() as session:
            await editing.delete(session, callback_data.template)
    except NotFound:
        raise Stale("the template is gone", template_id=callback_data.template) from None
    await show(query, ctx.bot, (await loading.list_screen(ctx)).noticed(ctx.t("template-deleted")))
