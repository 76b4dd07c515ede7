"""Both languages have the same texts with the same variables; every text that is used exists, and is used."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

import bot
from bot.errors import reply_to
from bot.i18n import LANGUAGES, Markup, TextError, Translator, language_of, translator
from core.errors import InvalidInput

FOLDER = Path(bot.__file__).parent
# Keys made from a code: the part before the code.
MADE = (
    "rewrite-",  # rewrite-<tool>, -<part>-open, -<part>-ask, -<typed>-own, -<typed>-type, -unfit-, -failed-
    "problem-", "error-", "notice-", "finding-", "command-", "draft-pub-", "draft-status-", "queue-status-",
    "queue-held-", "resolve-look-", "told-late-", "told-failed-", "fix-", "time-in-", "time-ago-",
    "told-numbers-untold-", "told-milestone-", "celebrate-idea-", "schedule-doubt-", "schedule-refused-", "schedule-warning-", "queue-shown-",
    "automation-op-", "automation-do-", "automation-mode-", "automation-metric-", "automation-group-", "automation-run-",
    "voice-field-", "voice-hint-", "voice-kind-", "voice-preset-", "voice-ai-",
    "versions-reason-", "versions-by-", "media-kind-", "compose-usage-",
    "option-", "way-", "ways-", "step-", "said-", "connect-found-lacking-", "right-", "trouble-", "secret-",
    "rule-problem-", "rule-field-", "rule-value-", "rule-hint-", "rule-kind-", "rule-form-", "rule-why-", "rule-try-on-", "rule-operator-", "milestones-of-", "milestones-add-", "milestones-remove-", "milestones-ask-", "rule-group-", "rule-add-", "rule-than-", "rule-way-",
    "automation-freely-", "automation-timeout-", "automation-limit-", "learning-sign-", "suggest-line-", "analytics-section-", "trait-",
    "usage-day", "usage-month", "usage-by-", "usage-cut-", "usage-purpose-", "usage-cap-", "usage-left-", "usage-warn-",
    "told-ai-", "told-repeat-why-", "proposal-because-", "proposal-when-", "proposal-timeout-", "automation-why-", "autonomy-why-",
    "search-status-", "templates-source-", "template-from-", "templates-language-", "template-edit-", "template-ask-",
    "setting-", "settings-kind-", "settings-env-", "settings-section-", "settings-open-", "settings-how-", "settings-unit-",
    "help-page-", "help-topic-",
    "home-missing-ai-", "status-ai-", "status-part-", "status-trouble-", "status-stuck-", "down-of-", "down-means-", "down-over-",
)  # fmt: skip


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return file and variables of every text."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for path in sorted((FOLDER / "locales" / language).glob("*.ftl")):
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = (path.name, frozenset(variables.names))
    return found


def used_keys() -> set[str]:
    """Return every string in the bot's code that looks like a text's key."""
    sources = [path for path in FOLDER.rglob("*.py") if "sandbox" not in path.parts]
    quoted = re.compile(r"""["']([a-z]+(?:-[a-z0-9_]+)+)["']""")
    return {key for path in sources for key in quoted.findall(path.read_text("utf-8"))}


def test_languages_have_the_same_texts_and_variables() -> None:
    first, *others = (messages(language) for language in LANGUAGES)
    for other in others:
        assert first == other


def test_every_text_is_used() -> None:
    unused = {key for key in messages("en") if not key.startswith(MADE)} - used_keys()
    assert not unused


def test_every_used_text_exists() -> None:
    known = messages("en")
    families = {key.partition("-")[0] for key in known}
    missing = {key for key in used_keys() if key.partition("-")[0] in families and key not in known}
    assert not missing


@pytest.mark.parametrize(
    ("n", "russian"),
    [(1, "1 черновик"), (2, "2 черновика"), (5, "5 черновиков"), (11, "11 черновиков"), (21, "21 черновик")],
)
def test_russian_plurals(n: int, russian: str) -> None:
    assert russian in translator("ru")("drafts-title", n=n)


def test_values_are_escaped_unless_they_are_markup() -> None:
    t = Translator("en", {"x": "a = <b>{ $v }</b>"})
    assert t("a", v="<i>&") == "<b>&lt;i&gt;&amp;</b>"
    assert t("a", v=Markup("<i>x</i>")) == "<b><i>x</i></b>"
    assert t.label("a", v="<i>&") == "<b><i>&</b>"


def test_a_missing_text_or_variable_is_an_error_here_and_a_log_line_there() -> None:
    t = Translator("en", {"x": "a = { $v }"})
    for key in ("a", "b"):
        with pytest.raises(TextError):
            t(key)
    Translator.strict = False
    assert t("b") == "b"


def test_strangers_are_spoken_to_in_their_language_where_we_know_it() -> None:
    assert [language_of(code) for code in ("ru", "ru-RU", "en", "de", None)] == ["ru", "ru", "en", "en", "en"]


def test_a_reason_that_has_words_is_said_in_the_owner_s_language() -> None:
    past = InvalidInput("this time is in the past", reason="past")
    assert (
        reply_to(translator("ru"), past) == "Так не получится: этот момент уже прошёл. Выберите другое время."
    )
    assert "because" in reply_to(translator("ru"), InvalidInput("because", reason="no-such-key"))


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("ru", "Чайная «Пауза»", "шаблон «Чайная „Пауза“»"),
        ("ru", "«Пауза» & <b>", "шаблон «„Пауза“ &amp; &lt;b&gt;»"),
        ("en", "The “Pause” isn’t", "template “The ‘Pause’ isn’t”"),
    ],
)
def test_quotation_marks_within_quotation_marks(language: str, name: str, said: str) -> None:
    assert said in translator(language)("automation-with-template", name=name)


def test_a_name_that_is_not_quoted_keeps_its_marks() -> None:
    t = Translator("ru", {"x": "plain = { $name }, «{ $name }», { $n }"})
    assert t("plain", name="Чайная «Пауза»", n=1) == "Чайная «Пауза», «Чайная „Пауза“», 1"
    assert t.label("plain", name="Чайная «Пауза»", n=1) == "Чайная «Пауза», «Чайная „Пауза“», 1"
