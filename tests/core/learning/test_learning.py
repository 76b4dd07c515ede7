"""Five edits of a kind propose a rule with its evidence; fewer, mixed or another product's do not; nothing is silent."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from core.ai import prompting
from core.content import service as content_service
from core.content.models import Content
from core.errors import Stale
from core.learning import service as learning
from core.learning.models import EditPair, ProposalStatus, RuleProposal
from core.notifications.models import Notification
from core.products import service as products
from core.products.voice import BrandVoice, Vocabulary
from core.products.voice_fields import TooMany
from core.runtime import Runtime
from core.settings import service as settings
from tests.conftest import START

LOUD = "Мы выпустили обновление номер {n}! Заходите посмотреть!"


@dataclass
class Desk:
    """A product, AI's drafts for it, and the owner's edits."""

    runtime: Runtime
    product_id: uuid.UUID

    async def draft(self, text: str, *, made_by: str = "ai", product_id: uuid.UUID | None = None) -> Content:
        async with self.runtime.unit_of_work() as session:
            return await content_service.create_draft(
                session, product_id=product_id or self.product_id, text=text, made_by=made_by, idea="мысль"
            )

    async def edit(self, content: Content, text: str) -> Content:
        async with self.runtime.unit_of_work() as session:
            return await content_service.edit(
                session, content.id, expected_version=content.version, text=text, made_by="owner"
            )

    async def calms(self, numbers: Sequence[int], **fields: object) -> None:
        """Take the exclamation marks out of AI's drafts."""
        for n in numbers:
            text = LOUD.format(n=n)
            await self.edit(await self.draft(text, **fields), text.replace("!", "."))  # type: ignore[arg-type]

    async def proposals(self) -> list[RuleProposal]:
        async with self.runtime.unit_of_work() as session:
            return list(await session.scalars(select(RuleProposal).order_by(RuleProposal.created_at)))

    async def told(self) -> int:
        async with self.runtime.unit_of_work() as session:
            kind = Notification.kind == "rule_proposed"
            return await session.scalar(select(func.count()).select_from(Notification).where(kind)) or 0

    async def voice(self) -> BrandVoice:
        async with self.runtime.unit_of_work() as session:
            return BrandVoice.of(await products.get(session, self.product_id))

    async def pairs(self) -> list[EditPair]:
        async with self.runtime.unit_of_work() as session:
            return list(await session.scalars(select(EditPair).order_by(EditPair.created_at)))


@pytest.fixture
async def desk(runtime: Runtime) -> Desk:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Nota")
    return Desk(runtime, product.id)


async def test_four_do_not_propose_the_fifth_does_and_nothing_changes_by_itself(desk: Desk) -> None:
    await desk.calms(range(4))
    assert await desk.proposals() == []
    await desk.calms([4])
    (proposal,) = await desk.proposals()
    assert (proposal.sign, proposal.status) == ("no_exclamation", "proposed")
    assert learning.pieces_of(proposal)[0].items == ["Без восклицательных знаков."]
    async with desk.runtime.unit_of_work() as session:
        evidence = await learning.evidence_of(session, proposal)
    assert [pair.before for pair in evidence] == [LOUD.format(n=n) for n in range(5)]
    assert all("!" in pair.before and "!" not in pair.after for pair in evidence)
    assert await desk.voice() == BrandVoice()
    assert await desk.told() == 1
    await desk.calms([5])
    assert (len(await desk.proposals()), await desk.told()) == (1, 1)


async def test_an_accepted_rule_reaches_the_prompt_and_can_be_taken_back(desk: Desk) -> None:
    await desk.calms(range(5))
    (proposal,) = await desk.proposals()
    assert "восклицательных" not in prompting.voice_card(await desk.voice())
    async with desk.runtime.unit_of_work() as session:
        await learning.accept(session, proposal.id, START)
    assert "Без восклицательных знаков." in prompting.voice_card(await desk.voice())
    with pytest.raises(Stale):
        async with desk.runtime.unit_of_work() as session:
            await learning.accept(session, proposal.id, START)
    async with desk.runtime.unit_of_work() as session:
        await learning.undo(session, proposal.id, START)
    assert await desk.voice() == BrandVoice()
    with pytest.raises(Stale):
        async with desk.runtime.unit_of_work() as session:
            await learning.undo(session, proposal.id, START)


async def test_a_dismissed_rule_stays_dismissed_until_five_new_edits(desk: Desk) -> None:
    await desk.calms(range(5))
    (proposal,) = await desk.proposals()
    async with desk.runtime.unit_of_work() as session:
        await learning.dismiss(session, proposal.id, START)
    await desk.calms(range(5, 9))
    assert [row.status for row in await desk.proposals()] == ["dismissed"]
    await desk.calms([9])
    assert [row.status for row in await desk.proposals()] == ["dismissed", "proposed"]
    assert await desk.told() == 2


async def test_what_the_voice_says_already_is_not_proposed(desk: Desk) -> None:
    async with desk.runtime.unit_of_work() as session:
        await products.change_voice(
            session,
            desk.product_id,
            lambda v: v.model_copy(update={"rules": ["без восклицательных знаков."]}),
        )
    await desk.calms(range(6))
    assert await desk.proposals() == []


async def test_mixed_kinds_and_other_products_do_not_add_up(desk: Desk) -> None:
    async with desk.runtime.unit_of_work() as session:
        other = await products.create(session, name="Other")
    await desk.calms(range(3))
    await desk.calms(range(3, 6), product_id=other.id)
    edits = [
        ("Готово ✨ сегодня вечером", "Готово сегодня вечером"),
        ("Это **важно** знать всем", "Это важно знать всем"),
        ("Смотрите https://x.y/z и пишите нам", "Смотрите и пишите нам https://x.y/z"),
    ]
    for before, after in edits:
        await desk.edit(await desk.draft(before), after)
    assert await desk.proposals() == []
    assert len(await desk.pairs()) == 9


async def test_five_edits_of_one_post_are_one(desk: Desk) -> None:
    content = await desk.draft("Раз! Два! Три! Четыре! Пять! Шесть!")
    text = content.original_text
    for _ in range(6):
        text = text.replace("!", ".", 1)
        content = await desk.edit(content, text)
    assert await desk.proposals() == []
    (pair,) = await desk.pairs()
    assert (pair.before, pair.after) == ("Раз! Два! Три! Четыре! Пять! Шесть!", text)
    assert (pair.before_version, pair.after_version) == (1, 7)
    await desk.edit(content, pair.before)
    assert await desk.pairs() == []


@pytest.mark.parametrize("made_by", ["owner", "template"])
async def test_only_ais_texts_teach(desk: Desk, made_by: str) -> None:
    await desk.calms(range(6), made_by=made_by)
    assert await desk.pairs() == []


async def test_taking_ones_own_idea_rewriting_and_restoring_teach_nothing(desk: Desk) -> None:
    for n in range(5):
        content = await desk.draft(LOUD.format(n=n))
        async with desk.runtime.unit_of_work() as session:
            again = await content_service.edit(
                session, content.id, expected_version=1, text="Тихо.", reason="regenerated", made_by="ai"
            )
            await content_service.restore(session, content.id, expected_version=again.version, version=1)
        await desk.edit(again, "мысль")
    assert await desk.pairs() == []


async def test_an_edit_of_one_platforms_text_is_kept_with_its_platform(desk: Desk) -> None:
    content = await desk.draft("Общий текст! Для всех!")
    async with desk.runtime.unit_of_work() as session:
        content = await content_service.edit(
            session, content.id, expected_version=1, adapted={"telegram": {"text": "Общий текст. Для всех."}}
        )
        await content_service.edit(
            session, content.id, expected_version=2, adapted=content.adapted | {"vk": {"split": True}}
        )
    (pair,) = await desk.pairs()
    assert (pair.platform, pair.before, pair.signs) == (
        "telegram",
        "Общий текст! Для всех!",
        ["no_exclamation"],
    )


async def test_a_replaced_word_is_one_rule_not_two(desk: Desk) -> None:
    for n in range(5):
        text = f"Наш продукт помнит заметку номер {n}, и продукт найдёт её завтра."
        await desk.edit(await desk.draft(text), text.replace("продукт", "Нота"))
    (proposal,) = await desk.proposals()
    assert proposal.sign == "word_replaced:продукт→нот"
    assert [(piece.field, piece.items) for piece in learning.pieces_of(proposal)] == [
        ("avoid", ["продукт"]), ("rules", ["Вместо «продукт» говорить «Нота»."]),
    ]  # fmt: skip


async def test_a_word_that_is_always_removed_is_avoided_whatever_takes_its_place(desk: Desk) -> None:
    for n, instead in enumerate(["", "новое ", "", "простое ", "наше "]):
        text = f"Это уникальное решение номер {n} для ваших заметок."
        await desk.edit(await desk.draft(text), text.replace("уникальное ", instead))
    (proposal,) = await desk.proposals()
    assert [(piece.field, piece.items) for piece in learning.pieces_of(proposal)] == [
        ("avoid", ["уникальное"])
    ]


async def test_a_tone_is_replaced_and_comes_back(desk: Desk) -> None:
    async with desk.runtime.unit_of_work() as session:
        await settings.change(session, settings.General, language="en")
        await products.change_voice(
            session, desk.product_id, lambda v: v.model_copy(update={"formality": "Как сосед"})
        )
    for n in range(5):
        text = f"Ты найдёшь заметку номер {n}, и она твоя навсегда."
        await desk.edit(await desk.draft(text), text.replace("Ты", "Вы").replace("твоя", "ваша"))
    (proposal,) = await desk.proposals()
    async with desk.runtime.unit_of_work() as session:
        await learning.accept(session, proposal.id, START)
    assert (await desk.voice()).formality == "Formal address («вы» in Russian)"
    async with desk.runtime.unit_of_work() as session:
        await learning.undo(session, proposal.id, START)
    assert (await desk.voice()).formality == "Как сосед"


async def test_undo_leaves_what_was_there_and_what_came_since(desk: Desk) -> None:
    for n in range(5):
        text = f"Наш продукт помнит заметку номер {n} для вас."
        await desk.edit(await desk.draft(text), text.replace("продукт", "Нота"))
    (proposal,) = await desk.proposals()
    async with desk.runtime.unit_of_work() as session:
        await products.change_voice(
            session,
            desk.product_id,
            lambda v: v.model_copy(update={"vocabulary": Vocabulary(avoid=["Продукт"])}),
        )
        await learning.accept(session, proposal.id, START)
        await products.change_voice(
            session, desk.product_id, lambda v: v.model_copy(update={"rules": [*v.rules, "Своё."]})
        )
        await learning.undo(session, proposal.id, START)
    voice = await desk.voice()
    assert (voice.vocabulary.avoid, voice.rules) == (["Продукт"], ["Своё."])


async def test_a_voice_that_is_full_refuses_and_the_proposal_stays(desk: Desk) -> None:
    await desk.calms(range(5))
    (proposal,) = await desk.proposals()
    async with desk.runtime.unit_of_work() as session:
        await products.change_voice(
            session, desk.product_id, lambda v: v.model_copy(update={"rules": [f"{n}" for n in range(20)]})
        )
    with pytest.raises(TooMany):
        async with desk.runtime.unit_of_work() as session:
            await learning.accept(session, proposal.id, START)
    (proposal,) = await desk.proposals()
    assert proposal.status == ProposalStatus.PROPOSED


async def test_two_edits_at_once_propose_once_and_two_taps_accept_once(desk: Desk) -> None:
    await desk.calms(range(4))
    drafts = [await desk.draft(LOUD.format(n=n)) for n in (4, 5)]
    await asyncio.gather(*(desk.edit(draft, draft.original_text.replace("!", ".")) for draft in drafts))
    (proposal,) = await desk.proposals()

    async def tap() -> bool:
        try:
            async with desk.runtime.unit_of_work() as session:
                await learning.accept(session, proposal.id, START)
        except Stale:
            return False
        return True

    assert sorted(await asyncio.gather(*(tap() for _ in range(4)))) == [False, False, False, True]
    assert (await desk.voice()).rules == ["Без восклицательных знаков."]


async def test_the_list_shows_the_undecided_first_and_leaves_the_dismissed_out(desk: Desk) -> None:
    await desk.calms(range(5))
    for n in range(5):
        text = f"Это **важно** знать про заметку номер {n} сегодня."
        await desk.edit(await desk.draft(text), text.replace("*", ""))
    first, second = await desk.proposals()
    async with desk.runtime.unit_of_work() as session:
        await learning.accept(session, second.id, START)
        assert [row.id for row in await learning.page(session, desk.product_id)] == [first.id, second.id]
        assert await learning.count(session, desk.product_id) == 2
        assert await learning.count(session, desk.product_id, undecided=True) == 1
        await learning.dismiss(session, first.id, START)
        assert [row.id for row in await learning.page(session, desk.product_id)] == [second.id]
        assert await learning.page(session, uuid.uuid4()) == []
