"""What do the channels screens show? The list, one channel with its state, its settings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.i18n import Markup, Translator
from bot.screens.channels import callbacks as cb
from bot.screens.home.callbacks import Home
from bot.screens.products.callbacks import OpenProduct
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.keyboard import Row, Style, button, grid, keyboard, link
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.channels.models import ChannelStatus
from core.channels.queries import ChannelView
from core.platforms.connecting import Choice

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAME = 100  # characters of a name in a text


def channels(
    lines: Sequence[ChannelView], titles: Mapping[str, str], page: Page, t: Translator, now: datetime
) -> Screen:
    """Draw a page of the list; ``titles`` are the platforms' names by slug."""
    rows: list[Row] = [[button(t.label("channels-connect"), cb.Connect(), style=Style.PRIMARY)]]
    home = button(t.label("ui-home"), Home())
    if not lines:
        return Screen.of(t("channels-empty"), keyboard(*rows, [home]))
    text: list[str] = [t("channels-title", n=page.total)]
    text += [_line(line, titles, t, now) for line in lines]
    cards = [
        button(
            f"{mark(line.status)} {titles.get(line.platform, line.platform)} · {line.name}",
            cb.OpenChannel(channel=line.channel_id),
        )
        for line in lines
    ]
    arrows = pager(page, lambda offset: cb.TurnChannels(offset=offset))
    return Screen.of("\n\n".join(text), keyboard(*grid(cards, 1), arrows, *rows, [home]))


def _line(line: ChannelView, titles: Mapping[str, str], t: Translator, now: datetime) -> str:
    head = t(
        "channels-line",
        mark=mark(line.status),
        name=fmt.short(line.name, 60),
        platform=titles.get(line.platform, line.platform),
        product=fmt.short(line.product_name, 40),
    )
    return f"{head}\n{_state(line, t, now, short=True)}"


def mark(status: ChannelStatus) -> str:
    """Return the dot that stands for a status."""
    return {ChannelStatus.ACTIVE: "🟢", ChannelStatus.ERROR: "🔴", ChannelStatus.DISCONNECTED: "⚪️"}[status]


def _state(line: ChannelView, t: Translator, now: datetime, *, short: bool = False) -> Markup:
    if line.status is ChannelStatus.ERROR:
        return t("channel-error", reason=reason(line.error, t, 90 if short else 500))
    if line.status is ChannelStatus.DISCONNECTED:
        return t("channel-disconnected")
    return t("channel-active") if not short else _used(line, t, now)


def reason(message: str | None, t: Translator, limit: int) -> str:
    """Return why a channel is refused; rights that are missing are named in the owner's language."""
    words = message or t.label("channel-no-reason")
    for code in words.replace(",", " ").split():
        if t.has(f"right-{code}"):
            words = words.replace(code, t.label(f"right-{code}"))
    return fmt.short(words.replace("rights are missing:", t.label("channel-rights-missing")), limit)


def _used(line: ChannelView, t: Translator, now: datetime) -> Markup:
    if line.last_used_at is None:
        return t("channel-unused")
    return t("channel-used", ago=fmt.distance(t, line.last_used_at, now))


def channel(line: ChannelView, title: str, t: Translator, now: datetime, *, testable: bool = True) -> Screen:
    """Draw one channel; ``testable`` where a post of nothing but text can be sent."""
    text = [
        t(
            "channel-title",
            name=fmt.short(line.name, _NAME),
            platform=title,
            product=fmt.short(line.product_name, _NAME),
        ),
        f"{mark(line.status)} {_state(line, t, now)}",
        f"{_used(line, t, now)}\n{t('channel-waiting', n=line.waiting)}",
    ]
    return Screen.of("\n\n".join(text), keyboard(*_rows(line, t, testable=testable)))


def _rows(line: ChannelView, t: Translator, *, testable: bool = True) -> list[Row]:
    identifier = line.channel_id
    back: Row = [
        button(t.label("channels-back"), cb.OpenChannels()),
        button(t.label("channel-product"), OpenProduct(product=line.product_id)),
    ]
    name = button(t.label("channel-edit-name"), cb.EditChannelName(channel=identifier))
    if line.status is ChannelStatus.DISCONNECTED:
        again = button(
            t.label("channel-connect-again"), cb.Reconnect(channel=identifier), style=Style.PRIMARY
        )
        return [[again], [name], back]
    broken = line.status is ChannelStatus.ERROR
    again = button(
        t.label("channel-reconnect"),
        cb.Reconnect(channel=identifier),
        style=Style.PRIMARY if broken else None,
    )
    check = button(
        t.label("channel-check-again" if broken else "channel-check"), cb.CheckChannel(channel=identifier)
    )
    ask = cb.TestChannel(channel=identifier, seen=stamp(line.changed_at))
    test = button(t.label("channel-test"), ask) if testable else None
    settings = button(t.label("channel-settings"), cb.OpenChannelSettings(channel=identifier))
    off = button(t.label("channel-disconnect"), cb.AskDisconnect(channel=identifier))
    if broken:
        return [[again], [check, off], [settings, name], back]
    return [[test, check], [settings, name], [again, off], back]


def stamp(moment: datetime) -> int:
    """Return ``moment`` as a button carries it: microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(stamped: int) -> datetime:
    """Read what ``stamp`` made."""
    return _EPOCH + timedelta(microseconds=stamped)


def tested(
    line: ChannelView, title: str, url: str | None, post: int | None, t: Translator, now: datetime
) -> Screen:
    """Draw the channel with its fresh test post: the link, and a way to take it back."""
    drawn = channel(line, title, t, now)
    take_back = (
        button(t.label("channel-test-delete"), cb.TakeTestBack(channel=line.channel_id, post=post))
        if post is not None
        else None
    )
    look = link(t.label("channel-test-open"), url) if url else None
    return Screen(drawn.body, keyboard([look, take_back], *_rows(line, t)))


def settings(line: ChannelView, choices: Sequence[Choice], t: Translator) -> Screen:
    """Draw the channel's settings: each with what it is now; a tap goes to its next value."""
    text = [t("channel-settings-title", name=fmt.short(line.name, _NAME))]
    rows: list[Row] = []
    for number, choice in enumerate(choices):
        at = current(choice, line.settings)
        key = f"option-{line.platform}-{choice.name}"
        shown = t(f"{key}-{_word(choice.values[at])}")
        text.append(t("channel-option", name=t(key), value=shown))
        following = (at + 1) % len(choice.values)
        data = cb.SetChannelOption(channel=line.channel_id, choice=number, value=following)
        sign = "✓ " if at else ""
        rows.append([button(f"{sign}{t.label(key)}", data)])
    if not choices:
        text.append(t("channel-no-options"))
    back = button(t.label("ui-back"), cb.OpenChannel(channel=line.channel_id))
    return Screen.of(
        "\n\n".join([text[0], "\n".join(text[1:])]),
        keyboard(*grid([row[0] for row in rows if row[0]], 2), [back]),
    )


def current(choice: Choice, chosen: Mapping[str, Any]) -> int:
    """Return which of the choice's values holds: the default where none, or none that is known, was set."""
    value = chosen.get(choice.name)
    return next((place for place, known in enumerate(choice.values) if known is value or known == value), 0)


def _word(value: bool | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def ask_disconnect(line: ChannelView, t: Translator) -> Screen:
    """Ask before disconnecting, and say what becomes of the queue."""
    return confirm(
        t,
        t("channel-ask-disconnect", name=fmt.short(line.name, _NAME), n=line.waiting),
        yes=cb.Disconnect(channel=line.channel_id),
        no=cb.OpenChannel(channel=line.channel_id),
        yes_label=t.label("channel-disconnect-yes"),
    )
