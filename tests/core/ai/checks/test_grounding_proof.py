"""Are made-up facts flagged, all of them, and honest ones left alone? 200 texts of each sort."""

from collections import Counter

import pytest

from core.ai.checks.findings import INVENTED, Finding
from core.ai.checks.given import Given
from core.ai.checks.grounding import invented
from core.text import markdown
from tests.core.ai.checks import corpus
from tests.core.ai.checks.corpus import Sample

COUNT = 200
MOST_FALSE_ALARMS = COUNT * 2 // 100


def _look(sample: Sample) -> tuple[list[str], list[Finding]]:
    parts = [markdown.parse(part) for part in sample.parts]
    return [rich.text for rich in parts], invented(parts, Given.of(sample.sources))


def test_the_corpus_is_what_it_says() -> None:
    for samples in (corpus.honest(COUNT), corpus.planted(COUNT)):
        assert len({sample.parts for sample in samples}) == COUNT
        assert min(Counter(sample.story["language"] for sample in samples).values()) >= COUNT // 3
        assert {sample.platform for sample in samples} == set(corpus.PLATFORMS)
    assert min(Counter(sample.kind for sample in corpus.planted(COUNT)).values()) >= COUNT // 10
    assert not any(sample.planted for sample in corpus.honest(COUNT))


def test_everything_made_up_is_flagged_where_it_stands() -> None:
    missed, looked_for = [], 0
    for sample in corpus.planted(COUNT):
        texts, findings = _look(sample)
        for number, text in enumerate(texts):
            spans = [(f.start, f.end) for f in findings if f.part == number and f.code in INVENTED]
            for first, last in sample.places(text):
                looked_for += 1
                if not any(start < last and first < end for start, end in spans):
                    missed.append(text[first:last])
    assert missed == []
    assert looked_for >= COUNT


def test_honest_texts_are_left_alone() -> None:
    wrong = [
        (sample.parts, [finding.value for finding in findings])
        for sample in corpus.honest(COUNT)
        if (findings := _look(sample)[1])
    ]
    assert len(wrong) <= MOST_FALSE_ALARMS, wrong[:10]


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_other_draws_of_the_stock_do_no_worse(seed: int) -> None:
    honest = sum(bool(_look(sample)[1]) for sample in corpus.honest(COUNT, seed))
    found = sum(bool(_look(sample)[1]) for sample in corpus.planted(COUNT, seed))
    assert honest <= MOST_FALSE_ALARMS
    assert found == COUNT
