"""What do the buttons about findings do? They are looked at anew; only what was shown can be called right."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.draft.card import load_model, place_of, redraw_card, send_card
from bot.screens.draft.view import CardModel
from bot.screens.findings import callbacks as cb
from bot.screens.findings import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import show
from core.ai import reviewing
from core.ai.checks.findings import Finding, mark_of
from core.errors import Stale


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="findings")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_findings, cb.OpenFindings.filter())
    screen.callback_query.register(accept_all, cb.AcceptAll.filter())
    screen.callback_query.register(accept_one, cb.AcceptOne.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutFindings, ctx: Context) -> None:
    """Draw the card as it is now."""
    await _card(query, ctx, data, ctx.t("draft-notice-stale"))


async def open_findings(query: CallbackQuery, callback_data: cb.OpenFindings, ctx: Context) -> None:
    """Show a page of them in place of the card."""
    model = await _model(ctx, callback_data)
    await _show(query, ctx, callback_data, model, callback_data.offset)


async def accept_all(query: CallbackQuery, callback_data: cb.AcceptAll, ctx: Context) -> None:
    """Call everything right, if it is still what the owner has seen."""
    model = await _model(ctx, callback_data)
    findings = model.checks.findings
    if not findings:
        await _card(query, ctx, callback_data, ctx.t("findings-accepted"))
        return
    if mark_of(findings) != callback_data.mark:
        raise Stale("the findings have changed", content_id=callback_data.content)
    await _accept(ctx, callback_data, findings)
    await _accepted(query, ctx, callback_data, model)


async def accept_one(query: CallbackQuery, callback_data: cb.AcceptOne, ctx: Context) -> None:
    """Call one right and show what is left."""
    model = await _model(ctx, callback_data)
    chosen = [finding for finding in model.checks.findings if finding.mark == callback_data.mark]
    if chosen:
        await _accept(ctx, callback_data, chosen)
        model = await _model(ctx, callback_data)
    if not model.checks.findings:
        await _accepted(query, ctx, callback_data, model)
        return
    await _show(query, ctx, callback_data, model, 0)


async def _model(ctx: Context, data: cb.AboutFindings) -> CardModel:
    model = await load_model(place_of(ctx), data.content)
    if model.card.version != data.version:
        raise Stale("this draft has changed since", content_id=data.content)
    return model


async def _accept(ctx: Context, data: cb.AboutFindings, findings: Sequence[Finding]) -> None:
    async with ctx.runtime.unit_of_work() as session:
        await reviewing.accept(session, data.content, version=data.version, findings=findings)


async def _show(
    query: CallbackQuery, ctx: Context, data: cb.AboutFindings, model: CardModel, offset: int
) -> None:
    texts = {channel.channel_id: channel.rendering.parts for channel in model.card.channels}
    spotted: dict[tuple[str, str], view.Spotted] = {}
    for key, findings in model.checks.found.items():
        parts = texts[key] if key is not None else model.parts
        for finding in findings:
            text = parts[finding.part].text if parts else ""
            spotted.setdefault(finding.key, view.spotted(finding, text))
    items = list(spotted.values())
    start = clamp(offset, view.PAGE, len(items))
    page = Page(start, view.PAGE, len(items))
    shown = items[start : start + view.PAGE]
    await show(query, ctx.bot, view.findings(data, model.card.number, shown, page, ctx.t))


async def _card(query: CallbackQuery, ctx: Context, data: cb.AboutFindings, notice: str) -> None:
    message_id = query.message.message_id if query.message else None
    await redraw_card(place_of(ctx), data.content, notice=notice, message_id=message_id)


async def _accepted(query: CallbackQuery, ctx: Context, data: cb.AboutFindings, model: CardModel) -> None:
    """Draw the card without the marks; a preview of its own is sent anew, for it shows them, too."""
    notice = ctx.t("findings-accepted")
    if model.preview_is_separate:
        await send_card(place_of(ctx), data.content, notice=notice)
    else:
        await _card(query, ctx, data, notice)
