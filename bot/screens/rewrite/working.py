"""How is a draft rewritten from the chat? Checked first, written outside every lock, saved unless the owner was quicker."""

import uuid
from dataclasses import dataclass
from functools import partial

import structlog

from bot.context import Context
from bot.i18n import Markup
from bot.screens.draft.writing import notice_of, platforms_of
from bot.screens.rewrite.view import RewriteModel
from bot.screens.usage.view import cap_detail
from bot.screens.writing.attending import Attended, attend
from bot.screens.writing.view import under_way
from bot.ui.formatted import Formatted
from bot.ui.screen import Screen
from core.ai import choosing, rewriting
from core.ai.headlines import Proposed
from core.ai.notices import Notice
from core.ai.rewriting import Rewritten
from core.ai.tools import Tool, Unfit, purpose_of, unfit
from core.content import service as content
from core.errors import Stale

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Which version is to be rewritten, with what."""

    content_id: uuid.UUID
    version: int
    tool: Tool
    wish: str = ""


async def load(ctx: Context, content_id: uuid.UUID, version: int) -> RewriteModel:
    """Load what the menu shows. Raises ``Stale`` when the draft has moved on."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, content_id, version)
        return RewriteModel(found.id, found.version, found.number, found.original_text)


async def hindrance(ctx: Context, text: str, tool: Tool) -> Markup | None:
    """Say at once why it cannot be done: the text is not for this tool, or nobody is there to write."""
    return await why_not(ctx, unfit(tool, text))


async def why_not(ctx: Context, reason: Unfit | None) -> Markup | None:
    """Say why: ``reason``, or that AI is not set up."""
    if reason is not None:
        return ctx.t(f"rewrite-unfit-{reason.value}")
    async with ctx.runtime.unit_of_work() as session:
        choice = await choosing.current(session, ctx.runtime.settings)
    return ctx.t(f"rewrite-failed-{choice.missing.value}") if choice.missing is not None else None


async def run(ctx: Context, job: Job, progress_id: int) -> None:
    """Rewrite, save as a new version and show the card in place of the progress message."""
    work, draw = partial(_work, ctx, job), partial(progress, ctx, job.content_id)
    await attend(ctx, job.content_id, job.version, work, draw, progress_id=progress_id)


def progress(ctx: Context, content_id: uuid.UUID, text: Formatted | None = None) -> Screen:
    """Return the message shown meanwhile."""
    return under_way(ctx.t, ctx.t("draft-rewriting"), content_id, text=text)


async def _work(ctx: Context, job: Job, attended: Attended) -> str:
    platforms = await platforms_of(ctx, job.content_id)
    try:
        result = await rewriting.rewrite(
            ctx.runtime,
            content_id=job.content_id,
            version=job.version,
            tool=job.tool,
            platforms=platforms,
            wish=job.wish,
            shown=platforms[0],
            listening=attended.listening,
        )
        draft = result.draft
        if draft is None:
            return failure(ctx, result)
        attended.keep_going()
        async with ctx.runtime.unit_of_work() as session:
            await content.edit(
                session,
                job.content_id,
                expected_version=job.version,
                text=draft.text,
                adapted=draft.adapted,
                reason=purpose_of(job.tool),
                made_by=draft.made_by,
                ai_model=draft.model,
                ai_prompt=draft.prompt,
            )
    except Stale:
        log.info("rewritten_too_late", content_id=str(job.content_id), version=job.version)
        return ctx.t("draft-written-late")
    return notice_of(ctx, draft) or ctx.t("rewrite-done")


def failure(ctx: Context, result: Rewritten | Proposed) -> Markup:
    """Say why nothing was written, and what to do about it; the text is as it was."""
    if result.unfit is not None:
        return ctx.t(f"rewrite-unfit-{result.unfit.value}")
    notice = result.notice or Notice.UNAVAILABLE
    said = ctx.t(f"rewrite-failed-{notice.value}")
    if notice is Notice.CAP_REACHED:
        return Markup(f"{said}\n{cap_detail(result.details, ctx.t)}")
    return said
