"""Are there three headlines with reasons, kept with their version, and does the chosen one become the first line?"""

import json
from typing import Any

import pytest
from sqlalchemy import select

from core.ai import headlines
from core.ai.headlines import Proposed
from core.ai.models import AiUsage
from core.ai.notices import Notice
from core.ai.stopping import Stop, Stopped
from core.ai.tools import Unfit
from core.content import service as contents
from core.content.models import Content
from core.products.models import Product
from core.runtime import Runtime
from core.text import markdown
from core.text.rich import SpanKind
from tests.fakes.anthropic import FakeAnthropic

TEXT = "Мы открываем вторую кофейню в пятницу. Приходите на запах свежего хлеба."
THREE = [{"headline": f"**Заголовок {n}**\n", "reason": "Зовёт."} for n in (1, 2, 3)]


async def _draft(runtime: Runtime, product: Product, text: str = TEXT) -> Content:
    async with runtime.unit_of_work() as session:
        return await contents.create_draft(session, product_id=product.id, text=text)


async def _propose(runtime: Runtime, draft: Content, stop: Stop | None = None) -> Proposed:
    return await headlines.propose(
        runtime, content_id=draft.id, version=1, platforms=["telegram"], stop=stop or Stop()
    )


def _answer(variants: list[dict[str, str]]) -> Any:
    return lambda body: json.dumps({"variants": variants})


async def test_three_are_proposed_and_kept(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    draft = await _draft(connected, product)
    claude.answering = _answer(THREE)
    proposed = await _propose(connected, draft)
    assert [variant.headline for variant in proposed.variants] == [f"Заголовок {n}" for n in (1, 2, 3)]
    assert "in Russian" in claude.requests[0].content  # the reasons are for the owner
    async with connected.unit_of_work() as session:
        assert await headlines.kept(session, draft.id, 1) == proposed.variants
        assert await headlines.kept(session, draft.id, 2) == ()
        assert list(await session.scalars(select(AiUsage.request_type))) == ["headlines"]
    claude.answering = _answer([{"headline": "Другой", "reason": "Иначе."}] * 4)
    again = await _propose(connected, draft)
    assert len(again.variants) == 3
    async with connected.unit_of_work() as session:
        assert await headlines.kept(session, draft.id, 1) == again.variants


@pytest.mark.parametrize(
    "variants",
    [THREE[:2], [], [*THREE[:2], {"headline": "x" * 200, "reason": "y"}], [*THREE[:2], {"headline": " "}]],
)
async def test_fewer_or_broken_ones_are_no_answer(
    connected: Runtime, claude: FakeAnthropic, product: Product, variants: list[dict[str, str]]
) -> None:
    claude.answering = _answer(variants)
    assert (await _propose(connected, await _draft(connected, product))).notice is Notice.NONSENSE


@pytest.mark.parametrize(
    ("text", "reason"), [("", Unfit.EMPTY), ("Да.", Unfit.NO_HEADLINE), ("а" * 13_000, Unfit.TOO_LONG)]
)
async def test_no_headline_for_what_needs_none(
    connected: Runtime, claude: FakeAnthropic, product: Product, text: str, reason: Unfit
) -> None:
    assert (await _propose(connected, await _draft(connected, product, text))).unfit is reason
    assert claude.requests == []


async def test_without_a_key_and_stopped(
    runtime: Runtime, connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    draft = await _draft(runtime, product)
    assert (await _propose(runtime, draft)).notice is Notice.NO_KEY
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped):
        await _propose(connected, draft, stop)
    assert claude.requests == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Один абзац без заголовка.", "**Новый**\n\nОдин абзац без заголовка."),
        ("**Старый**\nТекст", "**Новый**\n\nТекст"),
        ("**Старый**\n\nТекст\n\nЕщё", "**Новый**\n\nТекст\n\nЕщё"),
        ("Старый\n\nТекст", "Новый\n\nТекст"),
        ("Строка\nсразу за ней", "**Новый**\n\nСтрока\nсразу за ней"),
        ("д" * 130 + "\n\nТекст", "**Новый**\n\n" + "д" * 130 + "\n\nТекст"),
    ],
)
def test_the_chosen_one_becomes_the_first_line(text: str, expected: str) -> None:
    assert headlines.on_top("Новый", text) == expected


def test_marks_in_a_headline_are_characters() -> None:
    shown = markdown.parse(headlines.on_top("a_b_ *c*", "Текст поста."))
    assert shown.text == "a_b_ *c*\n\nТекст поста."
    assert [(span.kind, span.start, span.end) for span in shown.spans] == [(SpanKind.BOLD, 0, 8)]


def test_every_text_gets_it_and_a_thread_on_its_first_part() -> None:
    parts = ["1/2 Старое\n\nначало", "2/2 конец"]
    joined = "\n\n".join(parts)
    adapted = {
        "telegram": {"text": joined, "thread": parts, "silent": True},
        "x": {"text": "Кратко."},
        "vk": {"split": True},
    }
    text, changed = headlines.put_on_top("Новый", joined, adapted)
    opened = ["1/2 Новый\n\nначало", "2/2 конец"]
    assert changed == {
        "telegram": {"text": "\n\n".join(opened), "thread": opened, "silent": True},
        "x": {"text": "**Новый**\n\nКратко."},
        "vk": {"split": True},
    }
    assert text == "\n\n".join(opened)
