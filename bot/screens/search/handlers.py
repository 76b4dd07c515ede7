"""What do /find and its buttons do?"""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.home.callbacks import Home
from bot.screens.search import callbacks as cb
from bot.screens.search import view
from bot.screens.search.callbacks import Status
from bot.screens.search.states import SearchForm
from bot.ui import form
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.content import search
from core.content.models import Search
from core.products import service as products

_PAGE = 6
_PRODUCTS = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="search")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(find, Command("find"))
    screen.callback_query.register(ask, cb.AskWords.filter())
    screen.callback_query.register(open_found, cb.OpenFound.filter())
    screen.callback_query.register(choose_product, cb.ChooseProduct.filter())
    screen.callback_query.register(in_product, cb.InProduct.filter())
    screen.callback_query.register(in_all, cb.InAll.filter())
    screen.callback_query.register(choose_status, cb.ChooseStatus.filter())
    screen.callback_query.register(in_status, cb.InStatus.filter())
    screen.callback_query.register(order, cb.Order.filter())
    screen.message.register(take_words, SearchForm.words, ~F.text.startswith("/"))
    return screen


async def redraw_stale(query: CallbackQuery, data: object, ctx: Context) -> None:
    """The search is forgotten: there is nothing to draw but the way to a new one."""
    await show(query, ctx.bot, view.forgotten(ctx.t))


async def find(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Search for what stands behind the command, or ask."""
    await state.clear()
    said = (command.args or "").strip()
    if said:
        await _start(message, ctx, said)
    else:
        await _ask(message, ctx, state)


async def ask(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Ask what to search for."""
    await _ask(query, ctx, state)


async def _ask(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    await form.wait_for(state, SearchForm.words)
    await show(event, ctx.bot, form.question(ctx.t, ctx.t("search-ask"), cancel=Home()))


async def take_words(message: Message, ctx: Context, state: FSMContext) -> None:
    """Search for what was typed."""
    said = form.typed_text(message, limit=search.SAID)
    await state.clear()
    await _start(message, ctx, said)


async def _start(message: Message, ctx: Context, said: str) -> None:
    async with ctx.runtime.unit_of_work() as session:
        begun = (await search.start(session, ctx.chat_id, said)).id
    await show(message, ctx.bot, await found_screen(ctx, begun))


async def open_found(query: CallbackQuery, callback_data: cb.OpenFound, ctx: Context) -> None:
    """Show a page of what was found, as it is found now."""
    await show(query, ctx.bot, await found_screen(ctx, callback_data.search, callback_data.offset))


async def choose_product(query: CallbackQuery, callback_data: cb.ChooseProduct, ctx: Context) -> None:
    """Ask which product to look in."""
    async with ctx.runtime.unit_of_work() as session:
        await search.get(session, callback_data.search, ctx.chat_id)
        total = await products.count(session)
        offset = clamp(callback_data.offset, _PRODUCTS, total)
        listed = await products.list_page(session, archived=False, offset=offset, limit=_PRODUCTS)
        names = [(product.id, product.name) for product in listed]
    page = Page(offset, _PRODUCTS, total)
    await show(query, ctx.bot, view.products(callback_data.search, names, page, ctx.t))


async def in_product(query: CallbackQuery, callback_data: cb.InProduct, ctx: Context) -> None:
    """Look in one product only."""
    async with ctx.runtime.unit_of_work() as session:
        begun = await search.get(session, callback_data.search, ctx.chat_id)
        begun.product_id = (await products.get(session, callback_data.product)).id
    await show(query, ctx.bot, await found_screen(ctx, callback_data.search))


async def in_all(query: CallbackQuery, callback_data: cb.InAll, ctx: Context) -> None:
    """Look in all products."""
    async with ctx.runtime.unit_of_work() as session:
        (await search.get(session, callback_data.search, ctx.chat_id)).product_id = None
    await show(query, ctx.bot, await found_screen(ctx, callback_data.search))


async def choose_status(query: CallbackQuery, callback_data: cb.ChooseStatus, ctx: Context) -> None:
    """Ask in which state."""
    async with ctx.runtime.unit_of_work() as session:
        await search.get(session, callback_data.search, ctx.chat_id)
    await show(query, ctx.bot, view.statuses(callback_data.search, ctx.t))


async def in_status(query: CallbackQuery, callback_data: cb.InStatus, ctx: Context) -> None:
    """Look for posts in one state only."""
    wanted = None if callback_data.status is Status.ANY else callback_data.status.value
    async with ctx.runtime.unit_of_work() as session:
        (await search.get(session, callback_data.search, ctx.chat_id)).status = wanted
    await show(query, ctx.bot, await found_screen(ctx, callback_data.search))


async def order(query: CallbackQuery, callback_data: cb.Order, ctx: Context) -> None:
    """Show the newest first, or the best."""
    async with ctx.runtime.unit_of_work() as session:
        (await search.get(session, callback_data.search, ctx.chat_id)).newest_first = callback_data.newest
    await show(query, ctx.bot, await found_screen(ctx, callback_data.search))


async def found_screen(ctx: Context, search_id: int, offset: int = 0) -> Screen:
    """Load and draw a page of what a search finds. Raises ``Stale``."""
    async with ctx.runtime.unit_of_work() as session:
        begun: Search = await search.get(session, search_id, ctx.chat_id)
        page = await search.find(session, begun, offset=clamp(offset, _PAGE, offset + 1), limit=_PAGE)
        if not page.items and page.total:  # there have become fewer since
            offset = clamp(offset, _PAGE, page.total)
            page = await search.find(session, begun, offset=offset, limit=_PAGE)
        product = await products.get(session, begun.product_id) if begun.product_id else None
        model = view.SearchModel(
            search_id=search_id,
            said=begun.said,
            items=page.items,
            page=Page(clamp(offset, _PAGE, offset + 1), _PAGE, page.total),
            product=product.name if product else None,
            status=Status(begun.status) if begun.status else Status.ANY,
            newest=begun.newest_first,
        )
    return view.found(model, ctx.t, ctx.zone, ctx.now)
