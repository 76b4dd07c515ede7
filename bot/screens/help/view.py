"""What does the help say? A short start, and a page for each topic; the commands are those of the menu."""

from bot.commands import COMMANDS
from bot.i18n import Markup, Translator
from bot.screens.help.callbacks import OpenHelp, OpenTopic, Topic
from bot.screens.home.callbacks import Home
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen


def help_screen(t: Translator) -> Screen:
    """Draw the start of the help."""
    topics = [button(t.label(f"help-topic-{topic.value}"), OpenTopic(topic=topic)) for topic in Topic]
    return Screen.of(t("help-start"), keyboard(*grid(topics, 2), [button(t.label("ui-home"), Home())]))


def page(topic: Topic, t: Translator) -> Screen:
    """Draw one page of the help."""
    text = t(f"help-page-{topic.value}")
    if topic is Topic.COMMANDS:
        lines = [t("help-command", name=name, what=Markup(t(f"command-{name}"))) for name in COMMANDS]
        text = Markup("\n".join([text, "", *lines]))
    back = button(t.label("help-back"), OpenHelp())
    return Screen.of(text, keyboard([back, button(t.label("ui-home"), Home())]))
