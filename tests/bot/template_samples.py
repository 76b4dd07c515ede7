"""Every screen of the templates, with difficult values."""

from collections.abc import Callable
from dataclasses import replace

from bot.i18n import Translator
from bot.screens.templates import callbacks as cb
from bot.screens.templates import edit_view, fill_view, view
from bot.screens.templates.callbacks import Kind, Language, TurnTemplates
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.platforms.base import Post
from core.platforms.registry import PLATFORMS
from core.templates.listing import Source
from tests.bot.samples import ID, LONG, NAME

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_LINES = [
    view.TemplateLine(ID, NAME, kind, source)
    for source in (Source.SYSTEM, Source.GLOBAL, Source.PRODUCT)
    for kind in ("announcement", NAME)
]
_AT = TurnTemplates(source=Source.PRODUCT, kind=Kind("behind_the_scenes"), language=Language.RU)
CARD = view.TemplateCard(
    template_id=ID,
    name=NAME,
    description="<b>&" * 300,
    kind="announcement",
    source=Source.PRODUCT,
    language=Language.ANY,
    thread=True,
    parts=["{title} <b>" * 100] * 3,
    variables=["очень_длинное_имя" * 3] * 40,
    hints="<подсказка> " * 300,
    example=[("title", NAME)] * 20,
    platforms={f"telegram{n}": "Telegram" for n in range(20)},
    product=NAME,
)
_BARE = replace(
    CARD,
    description=None,
    source=Source.SYSTEM,
    parts=[],
    variables=[],
    hints="",
    example=[],
    platforms={},
    product=None,
)
_RENDERED = PLATFORMS["telegram"].render(Post(text="**Жирно** " * 30), {})
_TOO_LONG = PLATFORMS["telegram"].render(Post(text=LONG, thread=(LONG, "", LONG)), {})
_PREVIEW = fill_view.Preview(ID, NAME, "Telegram", _RENDERED, [], own=True)

SCREENS["templates"] = lambda t: view.templates(_LINES, Page(8, 8, 99), _AT, t)
SCREENS["templates all"] = lambda t: view.templates(_LINES[:1], Page(0, 8, 1), TurnTemplates(), t)
SCREENS["templates empty"] = lambda t: view.templates([], Page(0, 8, 0), TurnTemplates(), t)
SCREENS["templates none like it"] = lambda t: view.templates([], Page(0, 8, 0), _AT, t)
SCREENS["templates filter"] = lambda t: view.narrowing(cb.Narrow(kind=Kind("recap")), t)
SCREENS["template"] = lambda t: view.template(CARD, t)
SCREENS["template system"] = lambda t: view.template(_BARE, t)
SCREENS["template broken"] = lambda t: view.template(replace(_BARE, source=Source.GLOBAL, readable=False), t)
SCREENS["template broken system"] = lambda t: view.template(replace(_BARE, readable=False), t)
SCREENS["template edit"] = lambda t: edit_view.editing(CARD, NAME, t)
SCREENS["template edit global"] = lambda t: edit_view.editing(replace(CARD, source=Source.GLOBAL), NAME, t)
SCREENS["template edit alone"] = lambda t: edit_view.editing(replace(CARD, source=Source.GLOBAL), None, t)
SCREENS["template kind"] = lambda t: edit_view.choose_kind(CARD, t)
SCREENS["template platforms"] = lambda t: edit_view.choose_platforms(
    CARD, {slug: slug.title() for slug in [*PLATFORMS, "gone"]}, t
)
SCREENS["template new kind"] = edit_view.ask_new_kind
SCREENS["template new format"] = edit_view.ask_new_format
SCREENS["template ask"] = lambda t: fill_view.ask(ID, ["имя" * 20, "b"], 0, NAME * 3, t)
SCREENS["template ask bare"] = lambda t: fill_view.ask(ID, ["a"], 0, None, t)
SCREENS["template preview"] = lambda t: fill_view.preview(_PREVIEW, t)
SCREENS["template preview long"] = lambda t: fill_view.preview(
    replace(_PREVIEW, rendering=_TOO_LONG, missing=["имя" * 20] * 30), t
)
SCREENS["template preview empty"] = lambda t: fill_view.preview(
    replace(_PREVIEW, rendering=PLATFORMS["telegram"].render(Post(text=""), {}), missing=["title"]), t
)
for _n in (0, 1, 2, 5):
    SCREENS[f"template delete {_n}"] = (lambda n: lambda t: view.ask_delete(replace(CARD, drafts=n), t))(_n)
