"""How are findings looked at one by one? Each with the words around it and a button that calls it right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Translator
from bot.screens.draft.callbacks import OpenCard
from bot.screens.draft.checks import finding_line
from bot.screens.findings.callbacks import AboutFindings, AcceptOne, OpenFindings
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.ai.checks.findings import Finding

PAGE = 5
_AROUND = 40  # characters before and behind


@dataclass(frozen=True, slots=True)
class Spotted:
    """A finding and the words it stands among; none where it is about the whole text."""

    finding: Finding
    before: str = ""
    words: str = ""
    after: str = ""


def spotted(finding: Finding, text: str) -> Spotted:
    """Return the finding with its surroundings in ``text``, the part it stands in."""
    if finding.end <= finding.start:
        return Spotted(finding)
    before = text[max(0, finding.start - _AROUND) : finding.start]
    after = text[finding.end : finding.end + _AROUND]
    return Spotted(
        finding,
        ("…" if finding.start > _AROUND else "") + before,
        text[finding.start : finding.end],
        after + ("…" if finding.end + _AROUND < len(text) else ""),
    )


def findings(
    about: AboutFindings, number: int, items: Sequence[Spotted], page: Page, t: Translator
) -> Screen:
    """Draw a page of a draft's findings."""
    back = [button(t.label("ui-back"), OpenCard(content=about.content))]
    if not items:
        return Screen.of(t("findings-none", number=str(number)), keyboard(back))
    blocks = [t("findings-title", number=str(number), n=page.total)]
    rights = []
    for position, item in enumerate(items, start=page.offset + 1):
        lines = [f"<b>{position}.</b> {finding_line(item.finding, t)}"]
        if item.words:
            where = {"before": _one_line(item.before), "after": _one_line(item.after)}
            lines.append(t("findings-where", words=fmt.short(item.words, 120), **where))
        blocks.append("\n".join(lines))  # type: ignore[arg-type]
        accept = AcceptOne(content=about.content, version=about.version, mark=item.finding.mark)
        rights.append(button(t.label("findings-right-one", n=position), accept))
    arrows = pager(
        page, lambda offset: OpenFindings(content=about.content, version=about.version, offset=offset)
    )
    return Screen.of("\n\n".join(blocks), keyboard(*grid(rights, 2), arrows, back))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
