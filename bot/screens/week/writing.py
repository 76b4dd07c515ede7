"""How is a week written? One draft after another, outside any lock, with progress, until all are there or it is stopped."""

import uuid

import structlog
from aiogram.utils.chat_action import ChatActionSender

from bot.context import Context
from bot.screens.draft.writing import notice_of, platforms_of
from bot.screens.week import view
from bot.screens.week.loading import load_week
from bot.ui import format as fmt
from bot.ui.screen import edit
from core.ai import writer
from core.content import service as content
from core.content import weeks
from core.content.weeks import WeekPost
from core.errors import Stale
from core.products import service as products
from core.text import markdown
from core.text.rich import RichText

log = structlog.get_logger(__name__)

_SAID = 120  # characters of each post written so far that the next one must not repeat


async def write_week(ctx: Context, plan_id: uuid.UUID, version: int, message_id: int) -> None:
    """Write what is left of the plan and show what came of it in the message of the progress.

    Each draft is saved with the plan in one transaction. When something fails, what is written stays and the rest can
    be written later.
    """
    notices: dict[str, None] = {}
    try:
        while (step := await _next(ctx, plan_id, version)) is not None:
            position, post = step
            week = await load_week(ctx, plan_id)
            message_id = await edit(ctx.bot, ctx.chat_id, message_id, view.progress(week, position, ctx.t))
            async with ChatActionSender.typing(chat_id=ctx.chat_id, bot=ctx.bot):
                notice = await _write(ctx, week, version, position, post)
            if notice:
                notices[notice] = None
    except Stale:
        log.info("week_taken_over", plan_id=str(plan_id))
    except Exception:
        async with ctx.runtime.unit_of_work() as session:
            await weeks.stop(session, plan_id, version=version)
        await _show(ctx, plan_id, message_id, "\n".join(notices))
        raise
    await _show(ctx, plan_id, message_id, "\n".join(notices))


async def _next(ctx: Context, plan_id: uuid.UUID, version: int) -> tuple[int, WeekPost] | None:
    async with ctx.runtime.unit_of_work() as session:
        return await weeks.next_post(session, plan_id, version=version, now=ctx.now)


async def _write(ctx: Context, week: view.Week, version: int, position: int, post: WeekPost) -> str:
    """Write one post and save its draft; returns what is to be said about how it was made."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, week.product_id)
    platforms = await platforms_of(ctx, week.product_id)
    said = [fmt.short(excerpt, _SAID) for _, excerpt in week.written.values() if excerpt]
    idea = post.idea or markdown.to_markdown(RichText(product.description or product.name))
    draft = await writer.write_post(
        ctx.runtime,
        product_id=week.product_id,
        idea=idea,
        platforms=platforms,
        kind=post.kind.value,
        feedback=ctx.t.label("week-not-again", said=" / ".join(said)) if said else None,
    )
    async with ctx.runtime.unit_of_work() as session:
        made = await content.create_draft(
            session,
            product_id=week.product_id,
            text=draft.text,
            adapted=draft.adapted,
            idea=post.idea,
            made_by=draft.made_by,
            ai_model=draft.model,
            ai_prompt=draft.prompt,
            content_type=post.kind.value,
            template_id=draft.template_id,
            wanted_on=post.day,
        )
        await weeks.record(session, week.plan_id, version=version, position=position, content_id=made.id)
    return notice_of(ctx, draft)


async def _show(ctx: Context, plan_id: uuid.UUID, message_id: int, notice: str) -> None:
    screen = view.plan(await load_week(ctx, plan_id), ctx.t)
    await edit(ctx.bot, ctx.chat_id, message_id, screen.noticed(notice) if notice else screen)
