"""Buttons of the templates screens."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET
from core.templates.kinds import PostKind
from core.templates.listing import Source

Mark = Annotated[int, Field(ge=0, le=2**32 - 1)]


class Kind(StrEnum):
    """A kind of post, or any; a test holds it equal to ``PostKind``."""

    ANY = "any"
    ANNOUNCEMENT = "announcement"
    SPOTLIGHT = "spotlight"
    MILESTONE = "milestone"
    SOCIAL_PROOF = "social_proof"
    EDUCATIONAL = "educational"
    BEHIND_THE_SCENES = "behind_the_scenes"
    QUESTION = "question"
    RECAP = "recap"
    PROMOTION = "promotion"
    THREAD = "thread"


class Language(StrEnum):
    """Which language a template is for."""

    ANY = "any"
    RU = "ru"
    EN = "en"


class Typed(StrEnum):
    """What about a template is typed."""

    NAME = "name"
    ABOUT = "about"
    TEXT = "text"
    HINTS = "hints"


class OpenTemplates(Callback, prefix="tpls"):
    """Open the list."""


class _Listed(Callback, prefix="tpls0"):
    source: Source = Source.ALL
    kind: Kind = Kind.ANY
    language: Language = Language.ANY


class TurnTemplates(_Listed, prefix="tplsp"):
    """Open a page of what is chosen."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class Narrow(_Listed, prefix="tplsn"):
    """Ask where from, for what and in which language."""


class NewTemplate(Callback, prefix="tpln"):
    """Ask for a new template's name."""


class NewKind(Callback, prefix="tplnk"):
    """The new template is for this kind of post."""

    kind: PostKind


class NewFormat(Callback, prefix="tplnf"):
    """The new template is a thread, or a single post."""

    thread: bool


class AboutTemplate(Callback, prefix="tpl0"):
    """About one template; the base of the card's buttons, never sent itself."""

    template: uuid.UUID


class OpenTemplate(AboutTemplate, prefix="tpl"):
    """Open one template."""


class Fill(AboutTemplate, prefix="tplf"):
    """Ask for the variables, one after another."""


class SkipVariable(AboutTemplate, prefix="tplfs"):
    """Go on without this variable."""

    place: Annotated[int, Field(ge=0, le=99)]


class FillExample(AboutTemplate, prefix="tplfe"):
    """Take the values of the example."""


class MakeDraft(AboutTemplate, prefix="tplfd"):
    """Make a draft of what was filled in."""


class KeepExample(AboutTemplate, prefix="tplfk"):
    """Keep what was filled in as the template's example."""


class WithAi(AboutTemplate, prefix="tpla"):
    """Take the next message as an idea to be written out after this template."""


class CopyTemplate(AboutTemplate, prefix="tplc"):
    """Make an own copy, the ``number``-th of its name: a second tap finds that one there."""

    number: Annotated[int, Field(ge=1, le=99)]


class EditTemplate(AboutTemplate, prefix="tple"):
    """Show what can be changed."""


class AskField(AboutTemplate, prefix="tplet"):
    """Take the next message as this field."""

    field: Typed


class ClearField(AboutTemplate, prefix="tplex"):
    """Empty this field."""

    field: Typed


class ChooseKind(AboutTemplate, prefix="tplek"):
    """Ask for which kind of post it is."""


class SetKind(AboutTemplate, prefix="tpleks"):
    """It is for this kind of post."""

    kind: PostKind


class SetFormat(AboutTemplate, prefix="tplef"):
    """It is a thread, or a single post."""

    thread: bool


class SetLanguage(AboutTemplate, prefix="tplel"):
    """It is for this language."""

    language: Language


class SetScope(AboutTemplate, prefix="tpleg"):
    """It is for every product, or for the current one."""

    everywhere: bool


class ChoosePlatforms(AboutTemplate, prefix="tplep"):
    """Show the platforms it is meant for."""


class SwitchPlatform(AboutTemplate, prefix="tpleps"):
    """It is meant for this platform, or not."""

    platform: Mark
    on: bool


class AskDelete(AboutTemplate, prefix="tpld"):
    """Ask whether to delete it."""


class DeleteTemplate(AboutTemplate, prefix="tpldx"):
    """Delete it."""
