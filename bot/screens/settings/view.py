"""What do the settings screens show? Everything at a glance, one group, one setting with the values offered for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.groups.callbacks import OpenGroups
from bot.screens.home.callbacks import Home
from bot.screens.pause.callbacks import OpenPause
from bot.screens.settings import callbacks as cb
from bot.screens.settings.fields import Code, Section, Shape, Spec, codes_of, spec_of
from bot.screens.settings.words import name_of, offer, price, said, zone
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.pager import Page, clamp, pager
from bot.ui.screen import Screen
from core.ai.offering import Offer
from core.notifications.models import NotificationKind
from core.notifications.policy import SWITCHABLE
from core.products.voice_fields import mark_of
from core.settings.service import Ai, General, Publishing, SettingsGroup
from core.settings.typed_zone import Meant

_MODELS = 8  # on one page
_WIDE = frozenset({Shape.ZONE, Shape.CHOICE})  # whose values do not fit two beside each other


@dataclass(frozen=True, slots=True)
class SettingsModel:
    """All settings, the models that can be chosen and the price of the ones that are, and what news is switched off."""

    general: General
    publishing: Publishing
    ai: Ai
    now: datetime
    offers: Sequence[Offer] = ()
    chosen: Mapping[str, Offer] = field(default_factory=dict)  # by name
    muted: int = 0  # news nobody was told of in the last week

    def group(self, spec: Spec) -> SettingsGroup:
        """Return the group a setting is kept in."""
        groups: tuple[SettingsGroup, ...] = (self.general, self.publishing, self.ai)
        return next(group for group in groups if isinstance(group, spec.group))

    def spec(self, code: Code) -> Spec:
        """Return the setting as the chosen provider has it."""
        return spec_of(code, self.ai)

    def said(self, code: Code, t: Translator) -> str:
        """Return the setting's value in words."""
        spec = self.spec(code)
        return said(t, code, spec, spec.value(self.group(spec)), self.now)


def overview(model: SettingsModel, t: Translator) -> Screen:
    """Draw all settings, the important ones with their values."""
    blocks = [
        t("settings-title"),
        _lines(model, t, [Code.ZONE, Code.LANGUAGE]),
        f"{t('settings-section-pub')}\n{_lines(model, t, [Code.GAP, Code.DAY, Code.QUIET])}",
        f"{t('settings-section-ai')}\n{_lines(model, t, [Code.MODEL, Code.CAP_DAY, Code.CAP_MONTH])}",
        f"{t('settings-section-news')}\n{_lines(model, t, [Code.NEWS_QUIET])}",
    ]
    sections = [
        button(t.label(f"settings-open-{section.value}"), cb.OpenSection(section=section))
        for section in Section
    ]
    return Screen.of(
        "\n\n".join(blocks),
        keyboard(
            [_opener(Code.ZONE, t), _opener(Code.LANGUAGE, t)],
            *grid(sections, 2),
            [button(t.label("settings-open-elsewhere"), cb.OpenElsewhere())],
            [button(t.label("ui-home"), Home())],
        ),
    )


def section(model: SettingsModel, which: Section, t: Translator) -> Screen:
    """Draw one group of settings."""
    codes = codes_of(which)
    blocks = [t(f"settings-section-{which.value}"), _lines(model, t, codes)]
    rows: list[Row] = []
    if which is Section.PUBLISHING:
        limited = len(model.publishing.max_per_platform_per_day)
        blocks.append(t("settings-platforms-line", n=limited))
        blocks.append(t("settings-is-paused") if model.publishing.paused else "")
        pause = "queue-resume" if model.publishing.paused else "queue-pause"
        rows.append([button(t.label("settings-platforms-open"), cb.OpenPlatforms())])
        rows.append([button(t.label(pause), OpenPause())])
    if which is Section.NEWS:
        blocks += [t("settings-news-about"), t("settings-news-muted", n=model.muted) if model.muted else ""]
        rows += grid([_switch(model, kind, t) for kind in SWITCHABLE], 1)
    if which is Section.AI:
        blocks.append(t("settings-ai-about"))
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(*grid([_opener(code, t) for code in codes], 2), *rows, _back(t, cb.OpenSettings())),
    )


def _switch(model: SettingsModel, kind: NotificationKind, t: Translator) -> InlineKeyboardButton:
    on = kind not in model.general.notifications.off
    label = f"{'✅' if on else '🔕'} {t.label(f'settings-kind-{kind.value}')}"
    return button(label, cb.SwitchKind(kind=kind, on=not on))


def one(model: SettingsModel, code: Code, t: Translator, offset: int = 0) -> Screen:
    """Draw one setting: what it means, what it is, and what it can be."""
    spec = model.spec(code)
    blocks = [
        t("settings-one", name=name_of(t, code), value=model.said(code, t)),
        t(f"setting-{code.value}-about"),
    ]
    rows: list[Row] = []
    if spec.shape is Shape.MODEL:
        value = spec.value(model.group(spec))
        blocks.append(_price_line(model, value, t))
        rows += _model_rows(model, code, value, t, offset)
    else:
        rows += grid(_value_buttons(model, code, spec, t), 1 if spec.shape in _WIDE else 2)
    if spec.typed:
        rows.append([button(t.label("settings-own"), cb.AskSetting(code=code))])
    back = cb.OpenSection(section=spec.section) if spec.section else cb.OpenSettings()
    return Screen.of("\n\n".join(block for block in blocks if block), keyboard(*rows, _back(t, back)))


def _value_buttons(model: SettingsModel, code: Code, spec: Spec, t: Translator) -> list[InlineKeyboardButton]:
    now = spec.value(model.group(spec))
    return [
        button(
            ("• " if value == now else "") + said(t, code, spec, value, model.now),
            cb.SetSetting(code=code, number=number),
        )
        for number, value in enumerate(spec.offered)
    ]


def _model_rows(model: SettingsModel, code: Code, value: str, t: Translator, offset: int) -> list[Row]:
    offset = clamp(offset, _MODELS, len(model.offers))
    asked = model.chosen[value].name if value in model.chosen else value
    rows: list[Row] = [
        [
            button(
                ("• " if given.name == asked else "") + offer(t, given),
                cb.SetModel(code=code, mark=mark_of(given.name)),
            )
        ]
        for given in model.offers[offset : offset + _MODELS]
    ]
    page = Page(offset, _MODELS, len(model.offers))
    return [*rows, pager(page, lambda to: cb.OpenSetting(code=code, offset=to))]


def _price_line(model: SettingsModel, name: str, t: Translator) -> Markup:
    given = model.chosen.get(name)
    if not model.offers and not name:
        return t("settings-model-no-list")
    return t("settings-model-price", price=price(t, given.price if given else None))


def zones(found: Sequence[Meant], now: datetime, t: Translator) -> Screen:
    """Ask which of several zones is meant, each with what its clocks show."""
    offered = [
        button(
            " · ".join(part for part in (one.city, one.country, zone(t, one.zone, now)) if part),
            cb.SetZone(mark=mark_of(one.zone)),
        )
        for one in found
    ]
    cancel = button(t.label("ui-cancel"), cb.OpenSetting(code=Code.ZONE))
    return Screen.of(t("settings-which-zone"), keyboard(*grid(offered, 1), [cancel]))


def platforms(limits: Mapping[str, int], titles: Mapping[str, str], t: Translator) -> Screen:
    """Draw the platforms with their limits; ``titles`` are their names by slug."""
    lines = [
        t("settings-line", name=title, value=_limit(limits.get(slug), t)) for slug, title in titles.items()
    ]
    opened = [button(title, cb.OpenPlatform(platform=mark_of(slug))) for slug, title in titles.items()]
    return Screen.of(
        "\n\n".join([t("settings-platforms-title"), "\n".join(lines)]),
        keyboard(*grid(opened, 2), _back(t, cb.OpenSection(section=Section.PUBLISHING))),
    )


def one_platform(slug: str, title: str, most: int | None, t: Translator) -> Screen:
    """Draw one platform's limit."""
    mark = mark_of(slug)
    offered = [
        button(
            ("• " if (most or 0) == value else "") + _limit(value or None, t),
            cb.LimitPlatform(platform=mark, most=value),
        )
        for value in (1, 2, 3, 5, 10, 0)
    ]
    return Screen.of(
        "\n\n".join([t("settings-one", name=title, value=_limit(most, t)), t("settings-platform-about")]),
        keyboard(
            *grid(offered, 2),
            [button(t.label("settings-own"), cb.AskPlatform(platform=mark))],
            _back(t, cb.OpenPlatforms()),
        ),
    )


def elsewhere(lines: Sequence[Markup], owners: Sequence[str], t: Translator) -> Screen:
    """Draw what is set in the environment (``lines``, ready to show) and who the owners are."""
    who = [Markup(f"• {escape(fmt.short(owner, 80))}") for owner in owners]
    return Screen.of(
        "\n\n".join(
            [
                t("settings-elsewhere-title"),
                "\n".join([t("settings-owners"), *who, t("settings-owners-how")]),
                "\n".join(lines),
                t("settings-elsewhere-how"),
            ]
        ),
        keyboard([button(t.label("groups-open"), OpenGroups())], _back(t, cb.OpenSettings())),
    )


def _limit(most: int | None, t: Translator) -> str:
    return t.label("settings-no-limit") if most is None else t.label("settings-unit-posts", n=most)


def _lines(model: SettingsModel, t: Translator, codes: Sequence[Code]) -> str:
    return "\n".join(
        t("settings-line", name=name_of(t, code), value=fmt.short(model.said(code, t), 120)) for code in codes
    )


def _opener(code: Code, t: Translator) -> InlineKeyboardButton:
    return button(name_of(t, code), cb.OpenSetting(code=code))


def _back(t: Translator, to: Callback) -> Row:
    return [button(t.label("ui-back"), to), button(t.label("ui-home"), Home())]
