"""What is shown around a platform's consent page? The link, the accounts to choose from, and how it ended."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.i18n import Markup, Translator
from bot.screens.channels import callbacks as cb
from bot.screens.channels import words
from bot.screens.channels.words import Right
from bot.screens.welcome.callbacks import GoTo
from bot.ui import format as fmt
from bot.ui.keyboard import Row, Style, button, grid, keyboard, link
from bot.ui.pager import Page, clamp, pager
from bot.ui.screen import Screen
from core.settings.first_run import Step

_NAME = 100  # characters of a name in a text
_PAGE = 8  # accounts at once


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent as it stands; ``waiting`` are the posts of a queue that would go to another account."""

    consent_id: uuid.UUID
    product_id: uuid.UUID
    channel_id: uuid.UUID | None
    platform: str
    title: str
    outcome: Mapping[str, Any]
    waiting: int = 0


def open_link(
    consent_id: uuid.UUID, title: str, product: str, address: str, minutes: int, t: Translator
) -> Screen:
    """Show the link to the platform's page."""
    again = button(t.label("consent-again"), cb.RenewConsent(consent=consent_id))
    cancel = button(t.label("ui-cancel"), cb.DropConsent(consent=consent_id))
    text = t("consent-link", platform=title, product=fmt.short(product, _NAME), n=minutes)
    return Screen.of(
        text, keyboard([link(t.label("consent-open", platform=title), address)], [again, cancel])
    )


def choice(view: ConsentView, t: Translator, offset: int = 0) -> Screen:
    """Ask which of the login's accounts it shall be."""
    names = [str(name) for name in view.outcome.get("names", ())]
    offset = clamp(offset, _PAGE, len(names))
    text: list[str] = [
        t("consent-choose", platform=view.title, n=len(names))
        if len(names) > 1
        else t("consent-confirm", platform=view.title)
    ]
    if view.outcome.get("before"):
        before = fmt.short(str(view.outcome["before"]), _NAME)
        text.append(t("connect-other-account", before=before, n=view.waiting))
    shown = list(enumerate(names))[offset : offset + _PAGE]
    rows: list[Row] = list(
        grid([button(name, cb.PickAccount(consent=view.consent_id, place=place)) for place, name in shown], 1)
    )
    arrows = pager(
        Page(offset, _PAGE, len(names)), lambda start: cb.TurnAccounts(consent=view.consent_id, offset=start)
    )
    cancel = button(t.label("ui-cancel"), cb.DropConsent(consent=view.consent_id))
    return Screen.of("\n\n".join(text), keyboard(*rows, arrows, [cancel]))


def connected(card: Screen, name: str, rights: Sequence[Right], t: Translator, *, first_run: bool) -> Screen:
    """Draw the channel's card with the news above it; ``first_run``: setting up goes on from here."""
    text: list[str] = [t("channel-connected", name=fmt.short(name, _NAME))]
    missing = [right for right in rights if not right.held]
    if missing:
        text.append(words.rights(missing, t))
    drawn = card.noticed("\n".join(text))
    if not first_run or drawn.keyboard is None:
        return drawn
    go_on = button(t.label("consent-go-on"), GoTo(step=Step.DONE), style=Style.SUCCESS)
    return Screen(drawn.body, keyboard([go_on], *drawn.keyboard.inline_keyboard))


def failed(view: ConsentView, t: Translator) -> Screen:
    """Say why there is no channel, each missing right by name, and offer another link."""
    text: list[str] = [t("consent-failed", platform=view.title), _reason(view, t)]
    rights = [Right(**right) for right in view.outcome.get("rights", ())]
    if rights:
        text.append(words.rights(rights, t))
    again = button(t.label("consent-again"), cb.RenewConsent(consent=view.consent_id), style=Style.PRIMARY)
    back = (
        button(t.label("told-channel"), cb.OpenChannel(channel=view.channel_id))
        if view.channel_id
        else button(t.label("consent-other-way"), cb.ConnectFor(product=view.product_id))
    )
    return Screen.of(
        "\n\n".join(text), keyboard([again], [back, button(t.label("channels-back"), cb.OpenChannels())])
    )


def _reason(view: ConsentView, t: Translator) -> Markup:
    told = view.outcome or {"code": "link-over"}
    params = {
        name: fmt.short(str(value), 300)
        for name, value in dict(told.get("params") or {}).items()
        if isinstance(value, str | int)
    }
    for key in (f"trouble-{view.platform}-{told.get('detail')}", f"trouble-{told.get('code')}"):
        if t.has(key):
            return t(key, **{"reason": "–", **params, "platform": view.title})
    return t("trouble-other", reason=fmt.short(str(told.get("said") or "–"), 300))
