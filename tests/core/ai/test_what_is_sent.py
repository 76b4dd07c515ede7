"""What leaves for the model, as the server receives it: the whole voice, every platform and kind, outside words as data."""

import json
import re
from typing import Any

import pytest
from pydantic import BaseModel

from core.ai import prompting, prompts, writer
from core.ai.norms import NORMS, norm_of
from core.ai.prompting import Assignment
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from core.templates.kinds import PostKind
from tests.core.ai.test_prompting import INJECTIONS
from tests.fakes.anthropic import FakeAnthropic


def _sentinels(model: type[BaseModel], path: str = "voice") -> tuple[dict[str, Any], list[str]]:
    """A value for every field there is, however deep, and the words that must turn up for it."""
    values: dict[str, Any] = {}
    words: list[str] = []
    for name, info in model.model_fields.items():
        marked = f"{path}-{name}-marked".replace("_", "-")
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            values[name], inner = _sentinels(kind, marked)
            words += inner
        elif kind == list[str]:
            values[name] = [f"{marked}-one", f"{marked}-two"]
            words += values[name]
        elif kind == dict[str, str]:
            values[name] = {f"{marked}-key": f"{marked}-value"}
            words += [f"{marked}-key", f"{marked}-value"]
        else:
            values[name] = marked
            words.append(marked)
    return values, words


async def test_every_field_of_the_voice_arrives_at_the_server(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    """A field added to the voice and forgotten on the way fails here."""
    values, words = _sentinels(BrandVoice)
    async with connected.unit_of_work() as session:
        row = await session.get_one(Product, product.id)
        row.brand_voice = values
    await writer.write_post(connected, product_id=product.id, idea="Чай", platforms=["telegram"])
    sent = json.dumps(claude.requests[0].body, ensure_ascii=False)
    assert len(words) >= 14
    assert [word for word in words if word not in sent] == []


@pytest.mark.parametrize("platform", sorted(NORMS))
@pytest.mark.parametrize("kind", [None, *PostKind])
def test_the_prompt_for_every_platform_and_kind(platform: str, kind: str | None) -> None:
    for has_media in (False, True):
        prompt = prompting.build(
            Assignment(
                idea="tea",
                platforms=(platform,),
                kind=kind,
                language="ru",
                product="Nota",
                has_media=has_media,
            )
        )
        about = prompt.system[-1].text
        assert f"\n{platform}: " in about, "the platform has manners of its own"
        limit = norm_of(platform).advised_of(has_media=has_media)
        assert f"more than {limit} characters" in about
        assert ("caption of a picture" in about) is has_media
        assert not re.search(r"\{[a-z]+\}", about)
        assert len(about) < 4_000
        if kind is not None:
            assert " ".join(prompts.kinds()[kind].split()) in " ".join(prompt.content.split())
        assert all(block.cached for block in prompt.system)


def test_several_platforms_at_once() -> None:
    about = prompting.build(Assignment(idea="tea", platforms=tuple(NORMS), language="en")).system[-1].text
    assert [platform for platform in NORMS if f"{platform}: " not in about] == []


@pytest.mark.parametrize("injection", INJECTIONS)
async def test_what_an_event_brings_is_data(
    connected: Runtime, claude: FakeAnthropic, product: Product, injection: str
) -> None:
    await writer.write_post(
        connected, product_id=product.id, idea="Новый заказ", platforms=["telegram"],
        data={"customer": injection, injection[:40]: {"deep": [injection]}},
    )  # fmt: skip
    body = claude.requests[0].body
    content = claude.requests[0].content
    assert content.count("<material>") == content.count("</material>") == 1
    inside = json.loads(content.partition("<material>")[2].partition("</material>")[0])
    assert inside["data"]["customer"] == injection
    assert injection not in json.dumps(body["system"], ensure_ascii=False)
    outside = content.partition("<material>")[0] + content.partition("</material>")[2]
    assert injection not in outside
    hidden = {chr(code) for code in (0x200B, 0x202E, 0x2028, 0x2029)} | {chr(0xE0000 + ord("i"))}
    assert not hidden & set(content), "nothing that cannot be seen"


async def test_facts_of_an_event_are_given(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.answering = lambda body: json.dumps({"text": "Заказ на 1 250 ₽, едет 3 декабря, трек B7-99."})
    draft = await writer.write_post(
        connected, product_id=product.id, idea="Новый заказ", platforms=["telegram"],
        data={"total": "1250 RUB", "date": "2026-12-03", "track": "B7-99"},
    )  # fmt: skip
    assert draft.findings == ()
    assert len(claude.requests) == 1


def test_a_change_of_any_words_is_another_version() -> None:
    """Faults, examples and repairs are words too."""
    names = {path.name for pattern in prompts._ALL for path in prompts._FOLDER.glob(pattern)}
    assert {"post.txt", "repair.txt", "examples.txt", "faults.yaml", "kinds.yaml", "telegram.txt"} <= names
