"""Texts like those a model writes: honest ones, and the same with one thing made up. Built from `stories.yaml`, always the same.

A text takes some of a story's facts, each in one of its wordings, puts them into one of several shapes (plain, a list,
numbered steps, a thread), and adds sentences that state nothing.
"""

import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

STORIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "stories.yaml").read_text(encoding="utf-8")
)
KINDS = ("number", "price", "percent", "date", "time", "quote", "handle", "link")
PLATFORMS = ("telegram", "twitter", "vk", "linkedin", "instagram", "mastodon")
_PLANTED = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True)
class Sample:
    """One text in parts. ``planted`` is the sentence with made-up pieces between [[ and ]], empty in an honest one."""

    story: dict[str, Any]
    parts: tuple[str, ...]
    platform: str
    planted: str = ""
    kind: str = ""

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the made-up pieces stand in ``text``, a part as a reader sees it; none when they are in another part."""
        begin = text.find(plain(self.planted))
        before = ""
        found = []
        for index, piece in enumerate(re.split(r"\[\[|\]\]", self.planted)):
            if index % 2 and begin >= 0:
                found.append((begin + len(before), begin + len(before) + len(piece)))
            before += piece
        return found

    @property
    def sources(self) -> list[str]:
        return [self.story["idea"], self.story["product"], self.story["description"]]


def plain(sentence: str) -> str:
    """Return the sentence without the marks of what is made up."""
    return _PLANTED.sub(r"\1", sentence)


def honest(count: int, seed: int = 1) -> list[Sample]:
    """Return ``count`` different honest texts."""
    return _made(count, random.Random(seed), planting=False)  # noqa: S311


def planted(count: int, seed: int = 2) -> list[Sample]:
    """Return ``count`` different texts with something made up, all kinds equally often."""
    return _made(count, random.Random(seed), planting=True)  # noqa: S311


def _made(count: int, rng: random.Random, *, planting: bool) -> list[Sample]:
    found: dict[tuple[str, ...], Sample] = {}
    number = 0
    while len(found) < count:
        story = STORIES[number % len(STORIES)]
        kind = KINDS[number // len(STORIES) % len(KINDS)] if planting else ""
        number += 1
        sentences = [rng.choice(wordings) for wordings in rng.sample(story["facts"], rng.randint(3, 6))]
        sentences += rng.sample(story["colour"], rng.randint(1, 2))
        sentence = rng.choice(story["invented"][kind]) if planting else ""
        if planting:
            sentences.append(plain(sentence))
        rng.shuffle(sentences)
        parts = _shaped(sentences, rng, story["language"])
        found.setdefault(parts, Sample(story, parts, rng.choice(PLATFORMS), sentence, kind))
    return list(found.values())


def _shaped(sentences: list[str], rng: random.Random, language: str) -> tuple[str, ...]:
    """The sentences in one of the shapes posts have."""
    shape = rng.choice(("plain", "paragraphs", "bullets", "numbered", "keycaps", "steps", "thread", "bold"))
    total = len(sentences)
    numbered = list(enumerate(sentences, start=1))
    if shape == "thread":
        half = (total + 1) // 2
        return tuple(
            f"{n}/2 {' '.join(piece)}" for n, piece in enumerate((sentences[:half], sentences[half:]), 1)
        )
    step = "Шаг" if language == "ru" else "Step"
    bold = [f"**{sentences[0]}**", *sentences[1:]]
    texts = {
        "plain": " ".join(sentences),
        "paragraphs": "\n\n".join(sentences),
        "bullets": "\n".join(f"• {sentence}" for sentence in sentences),
        "numbered": "\n".join(f"{n}. {sentence}" for n, sentence in numbered),
        "keycaps": "\n".join(f"{n}\ufe0f\u20e3 {sentence}" for n, sentence in numbered),
        "steps": "\n".join(f"{step} {n}: {sentence}" for n, sentence in numbered),
        "bold": "\n\n".join(bold),
    }
    return (texts[shape],)
