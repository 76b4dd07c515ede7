"""What does the wizard show? The product, the platform, the way, the questions, and the account that was found."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Markup, Translator
from bot.screens.channels import callbacks as cb
from bot.screens.channels import words
from bot.screens.channels.words import Right
from bot.screens.groups.callbacks import AllowGroup
from bot.screens.home.callbacks import Home
from bot.screens.products.callbacks import AddProduct
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, Style, button, copy, grid, keyboard, link
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen

# What Telegram's client is asked to let the bot do when the owner adds it by the link.
_RIGHTS = "post_messages+edit_messages+delete_messages"
_NAME = 100  # characters of a name in a text


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that a channel may be connected for."""

    product_id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class FoundView:
    """An account that let us in. ``before`` is the account the channel had, when it is another one."""

    name: str
    platform: str
    product: str
    rights: Sequence[Right]
    before: str = ""
    waiting: int = 0
    slug: str = ""
    testable: bool = True  # a post of nothing but text is taken there

    @property
    def usable(self) -> bool:
        """True when nothing is missing that publishing needs."""
        return all(right.held or not right.needed for right in self.rights)


def no_product(t: Translator) -> Screen:
    """Say that a channel belongs to a product."""
    return Screen.of(
        t("connect-no-product"),
        keyboard(
            [button(t.label("products-add"), AddProduct(), style=Style.PRIMARY)],
            [button(t.label("channels-back"), cb.OpenChannels()), button(t.label("ui-home"), Home())],
        ),
    )


def products(offers: Sequence[Offer], page: Page, t: Translator) -> Screen:
    """Ask whose channel it will be."""
    rows = grid([button(offer.name, cb.ConnectFor(product=offer.product_id)) for offer in offers], 2)
    arrows = pager(page, lambda offset: cb.TurnProductsToConnect(offset=offset))
    back = button(t.label("channels-back"), cb.OpenChannels())
    return Screen.of(t("connect-which-product"), keyboard(*rows, arrows, [back]))


def platforms(
    product: Offer, titles: Sequence[tuple[int, str]], taken: Sequence[str], t: Translator
) -> Screen:
    """Ask on which platform; ``taken`` are those where the product has its channel."""
    rows = grid(
        [
            button(title, cb.ChoosePlatform(product=product.product_id, platform=number))
            for number, title in titles
        ],
        2,
    )
    back = button(t.label("channels-back"), cb.OpenChannels())
    text = [
        t("connect-which-platform" if titles else "connect-all-taken", product=fmt.short(product.name, _NAME))
    ]
    if taken:
        text.append(t("connect-taken", platforms=", ".join(taken)))
    return Screen.of("\n\n".join(text), keyboard(*rows, [back]))


def ways(
    product: uuid.UUID,
    platform: int,
    slug: str,
    codes: Sequence[str],
    t: Translator,
    back: Callback,
    closed: Sequence[tuple[str, Sequence[str]]] = (),
) -> Screen:
    """Ask in which way, with what each means; ``closed`` are ways with the settings that would open them."""
    rows = [
        [
            button(
                t.label(f"way-{slug}-{code}"),
                cb.ChooseWay(product=product, platform=platform, way=number),
                style=Style.PRIMARY if number == 0 else None,
            )
        ]
        for number, code in enumerate(codes)
    ]
    text = [t(f"ways-{slug}")]
    shut: dict[tuple[str, ...], list[str]] = {}
    for code, names in closed:
        shut.setdefault(tuple(names), []).append(t.label(f"way-{slug}-{code}").partition(" ")[2])
    text += [
        t(
            "connect-way-closed",
            ways=", ".join(t.label("connect-way-named", way=way) for way in ways),
            settings=", ".join(names),
            n=len(names),
            page=f"docs/platforms/{slug}.md",
        )
        for names, ways in shut.items()
    ]
    return Screen.of("\n\n".join(text), keyboard(*rows, [button(t.label("ui-back"), back)]))


def question(
    slug: str,
    field: str,
    turn: int,
    t: Translator,
    *,
    way: str,
    bot_name: str,
    kept: str,
    said: Markup | None = None,
    made: str = "",
) -> Screen:
    """Ask for the value of a step. ``kept`` is what the channel had before; ``bot_name`` is our own bot's.

    ``made`` is a value that was made for the owner, to be copied to the other end.
    """
    exact = f"step-{slug}-{field}-{way}"
    key = exact if t.has(exact) else f"step-{slug}-{field}"
    text = t(key, bot=bot_name)
    lines = [said, text] if said else [text]
    rows: list[Row] = []
    if exact == "step-telegram-chat_id-this_bot" and bot_name:
        base = f"https://t.me/{bot_name}"
        rows.append(
            [
                link(t.label("step-add-to-channel"), f"{base}?startchannel=nexus&admin={_RIGHTS}"),
                link(t.label("step-add-to-group"), f"{base}?startgroup=nexus"),
            ]
        )
    if made:
        lines.append(Markup(f"<code>{escape(made)}</code>"))
        rows += [
            [copy(t.label("step-copy"), made)],
            [button(t.label("step-made"), cb.UseMade(turn=turn), style=Style.PRIMARY)],
        ]
    if kept:
        rows.append([button(t.label("step-keep", value=fmt.short(kept, 40)), cb.UseKept(turn=turn))])
    rows.append(
        [button(t.label("ui-back"), cb.StepBack(turn=turn)), button(t.label("ui-cancel"), cb.OpenChannels())]
    )
    return Screen.of("\n\n".join(lines), keyboard(*rows))


def looking(t: Translator) -> Screen:
    """Say that the platform is being asked."""
    return Screen.of(t("connect-looking"), keyboard([button(t.label("ui-cancel"), cb.OpenChannels())]))


def testing(t: Translator) -> Screen:
    """Say that a test post is on its way."""
    return Screen.of(t("connect-testing"), keyboard([button(t.label("channels-back"), cb.OpenChannels())]))


def refused(reason: Markup, turn: int, t: Translator) -> Screen:
    """Say why the platform will not have us, and let the owner put it right."""
    return Screen.of(
        t("connect-refused", reason=reason),
        keyboard(
            [button(t.label("connect-look-again"), cb.LookAgain(turn=turn), style=Style.PRIMARY)],
            [
                button(t.label("connect-step-back"), cb.StepBack(turn=turn)),
                button(t.label("ui-cancel"), cb.OpenChannels()),
            ],
        ),
    )


def found(view: FoundView, turn: int, t: Translator) -> Screen:
    """Show the account with its rights one by one; a test post proves it, or it is kept without one."""
    text = [
        t(
            "connect-found",
            name=fmt.short(view.name, _NAME),
            platform=view.platform,
            product=fmt.short(view.product, _NAME),
        )
    ]
    if view.rights:
        text.append(Markup(words.rights(view.rights, t)))
    if view.before:
        text.append(t("connect-other-account", before=fmt.short(view.before, _NAME), n=view.waiting))
    text.append(_what_now(view, t))
    look = button(
        t.label("connect-look-again"), cb.LookAgain(turn=turn), style=None if view.usable else Style.PRIMARY
    )
    rows: list[Row] = []
    if view.usable and view.testable:
        rows = [
            [button(t.label("connect-test"), cb.KeepTested(turn=turn), style=Style.SUCCESS)],
            [button(t.label("connect-untested"), cb.KeepUntested(turn=turn))],
        ]
    elif view.usable:
        rows = [[button(t.label("connect-plainly"), cb.KeepUntested(turn=turn), style=Style.SUCCESS)]]
    complete = all(right.held for right in view.rights)
    rows += [
        [None if complete else look],
        [
            button(t.label("connect-step-back"), cb.StepBack(turn=turn)),
            button(t.label("ui-cancel"), cb.OpenChannels()),
        ],
    ]
    return Screen.of("\n\n".join(text), keyboard(*rows))


def _what_now(view: FoundView, t: Translator) -> Markup:
    if view.usable:
        return t("connect-found-test" if view.testable else "connect-found-no-test")
    exact = f"connect-found-lacking-{view.slug}"
    return t(exact if t.has(exact) else "connect-found-lacking")


def offer(title: str, chat: int, offers: Sequence[Offer], t: Translator, *, group: bool = False) -> Screen:
    """Our bot was added somewhere: offer to connect it, for one of these products, and to answer in a group."""
    name = fmt.short(title, _NAME)
    talk = [button(t.label("groups-allow"), AllowGroup(chat=chat)) if group else None]
    no = [button(t.label("connect-offer-no"), Home())]
    if not offers:
        return Screen.of(
            t("connect-offer-no-product", name=name),
            keyboard(
                [button(t.label("products-add"), AddProduct())], talk, [button(t.label("ui-home"), Home())]
            ),
        )
    if len(offers) == 1:
        only = offers[0]
        yes = button(
            t.label("connect-offer-yes", name=fmt.short(title, 30)),
            cb.ConnectChat(product=only.product_id, chat=chat),
            style=Style.PRIMARY,
        )
        return Screen.of(
            t("connect-offer", name=name, product=fmt.short(only.name, _NAME)), keyboard([yes], talk, no)
        )
    rows = grid([button(one.name, cb.ConnectChat(product=one.product_id, chat=chat)) for one in offers], 2)
    return Screen.of(t("connect-offer-which", name=name), keyboard(*rows, talk, no))
