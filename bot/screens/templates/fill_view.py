"""What does filling in a template show? A question for each variable, then the post as it will look."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Markup, Translator
from bot.screens.draft.view import preview_text, problem_line
from bot.screens.home.callbacks import Home
from bot.screens.templates import callbacks as cb
from bot.ui import format as fmt
from bot.ui.form import question
from bot.ui.formatted import TEXT_LIMIT, html, join
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen
from core.platforms.base import Rendering

_EXAMPLE = 300  # characters of an example's value
_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """A filled template as one platform shows it."""

    template_id: uuid.UUID
    name: str
    platform: str
    rendering: Rendering
    missing: Sequence[str]
    own: bool


def ask(
    template_id: uuid.UUID, names: Sequence[str], place: int, example: str | None, t: Translator
) -> Screen:
    """Ask for one variable."""
    name = names[place]
    lines = [t("template-ask-variable", name=name, number=str(place + 1), total=str(len(names)))]
    if example:
        lines.append(t("template-variable-example", example=fmt.short(example, _EXAMPLE)))
    return question(
        t,
        Markup("\n".join(lines)),
        [
            button(t.label("template-skip"), cb.SkipVariable(template=template_id, place=place)),
            button(t.label("template-use-example"), cb.FillExample(template=template_id))
            if example
            else None,
        ],
        cancel=cb.OpenTemplate(template=template_id),
    )


def preview(model: Preview, t: Translator) -> Screen:
    """Draw the post, its counts and what is missing."""
    head = html(t("template-preview", name=fmt.short(model.name, 60), platform=model.platform))
    foot = html("\n".join(_notes(model, t)))
    room = TEXT_LIMIT - head.length - foot.length - 4  # the blank lines between
    of = {"template": model.template_id}
    body = preview_text(model.rendering.parts, t).shortened(room)
    empty = not body.text.strip()
    return Screen(
        join([head, body, foot]),
        keyboard(
            [None if empty else button(t.label("template-draft"), cb.MakeDraft(**of), style=Style.SUCCESS)],
            [
                button(t.label("template-keep-example"), cb.KeepExample(**of))
                if model.own and not empty
                else None
            ],
            [button(t.label("template-fill-again"), cb.Fill(**of))],
            [button(t.label("ui-back"), cb.OpenTemplate(**of)), button(t.label("ui-home"), Home())],
        ),
    )


def _notes(model: Preview, t: Translator) -> list[str]:
    notes: list[str] = []
    if model.missing:
        names = ", ".join(f"{{{name}}}" for name in model.missing)
        notes.append(t("template-missing", n=len(model.missing), names=fmt.short(names, 300)))
    counts = ", ".join(
        f"{fmt.number(t, part.count)} / {fmt.number(t, part.limit)}" for part in model.rendering.parts
    )
    if counts:
        notes.append(t("template-count", counts=fmt.short(counts, 200)))
    return [*notes, *(problem_line(problem, t) for problem in model.rendering.problems[:_PROBLEMS])]
