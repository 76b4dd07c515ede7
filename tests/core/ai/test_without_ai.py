"""Does an idea survive a template whole, with its formatting?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ai import without_ai
from core.products.voice import BrandVoice
from core.templates import system
from core.templates.kinds import PostKind
from core.templates.structure import Structure
from core.text import markdown


def _fill(structure: Structure, idea: str, voice: BrandVoice | None = None) -> str:
    return without_ai.fill(
        structure, idea=idea, product="Nota", description="", voice=voice or BrandVoice()
    ).text


ANNOUNCEMENT = system.shipped("en")[PostKind.ANNOUNCEMENT].structure


@pytest.mark.parametrize(
    ("idea", "expected"),
    [
        ("Tea is ready", "**Tea is ready**"),
        ("**Tea** is _ready_\nCome **in**", "**Tea is ready**\n\nCome **in**"),
        ("Title\n\n\nOne\n\nTwo", "**Title**\n\nOne\n\nTwo"),
        ("x" * 121 + "\nmore", "x" * 121 + "\nmore"),
        ("2*3*4 = 24", "**2\\*3\\*4 = 24**"),
        ("{title}\n{text}", "**{title}**\n\n{text}"),
    ],
)
def test_an_idea_becomes_title_and_text(idea: str, expected: str) -> None:
    shown = markdown.parse(_fill(ANNOUNCEMENT, idea))
    assert shown == markdown.parse(expected)


def test_required_phrases_are_added_unless_said() -> None:
    voice = BrandVoice(must_say=["18+", "Not an offer"], emoji_set=["🌟", "✨"])
    assert _fill(ANNOUNCEMENT, "Tea 18+", voice) == "🌟 **Tea 18+**\n\nNot an offer"


def test_a_template_may_take_the_idea_whole_and_name_the_product() -> None:
    structure = Structure(body="{product.name}: {idea}")
    assert _fill(structure, "One\ntwo") == "Nota: One\ntwo"


@pytest.mark.parametrize("body", ["Only these words", "{title}", "{text}", "{idea}", "{unknown}"])
@given(idea=st.text(alphabet="ab *_`[]()~|>\\{}\n🚀", min_size=1, max_size=60).filter(str.strip))
def test_no_word_is_lost(body: str, idea: str) -> None:
    """Every visible letter of the idea is in the post, in order, for any template."""
    shown = markdown.parse(_fill(Structure(body=body), idea)).text
    wanted = [letter for letter in markdown.parse(idea.strip()).text if letter in "ab🚀"]
    letters = iter([letter for letter in shown if letter in "ab🚀"])
    assert all(letter in letters for letter in wanted)
