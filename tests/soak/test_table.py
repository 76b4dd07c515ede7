"""Does a section replace the one before, and leave the rest of the page alone?"""

from tests.soak.table import HEADING, kept, placed

PAGE = "# Reliability\n\n## How to read it\n\ntext\n"
FIRST, SECOND = f"{HEADING}\n\nfirst\n", f"{HEADING}\n\nsecond\n"


def test_the_section_goes_to_the_end_and_is_replaced_there() -> None:
    once = placed(PAGE, FIRST)
    assert once == f"{PAGE}\n{FIRST}"
    assert placed(once, SECOND) == f"{PAGE}\n{SECOND}"


def test_what_comes_after_it_stays() -> None:
    page = f"{placed(PAGE, FIRST)}\n## Last\n\nwords\n"
    assert placed(page, SECOND) == f"{PAGE}\n{SECOND}\n## Last\n\nwords\n"


def test_the_section_of_a_page_made_anew_is_kept() -> None:
    assert placed(PAGE, kept(placed(PAGE, FIRST))) == placed(PAGE, FIRST)
    assert kept(PAGE) == ""
