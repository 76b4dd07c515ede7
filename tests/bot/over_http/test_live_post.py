"""Can a post that is out be brought to a new text, and taken down, from its card?"""

from sqlalchemy import select

from core.clock import ManualClock
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.over_http.process import OWN, publish_due
from tests.e2e.owner import Message, Owner, has, labels, text_of

NEW = "Исправленный текст поста.\n\nТеперь без опечатки.\n\nИ с точкой."


async def _published(owner: Owner, runtime: Runtime, clock: ManualClock) -> tuple[Message, int]:
    """Publish a text of the owner's own; returns its card and the channel."""
    await owner.send("/start")
    await owner.wait(has("Русский"), what="choice of language")
    await owner.send(OWN)
    await owner.press(await owner.wait(has("Одобрить"), what="card"), "Сейчас")
    await owner.wait(has("Отменить публикацию"), what="undo")
    await publish_due(runtime, clock)
    channel = (await owner.channels())["Tea"]
    await owner.wait(lambda m: text_of(m) == OWN, chat=channel, what="post")
    return await owner.wait(has("Снять с площадки"), what="card of what is out"), channel


async def _rows(runtime: Runtime) -> list[tuple[str, int | None]]:
    async with runtime.unit_of_work() as session:
        rows = await session.execute(select(Publication.status, Publication.content_version))
        return [(row.status, row.content_version) for row in rows]


async def test_a_published_post_follows_an_edit(owner: Owner, runtime: Runtime, clock: ManualClock) -> None:
    card, channel = await _published(owner, runtime, clock)
    await owner.press(card, "Текст")
    await owner.wait(lambda m: "Пришлите новый текст" in text_of(m), what="question")
    await owner.send(NEW)
    edited = await owner.wait(has("Обновить вышедший пост"), what="card with the new text")
    assert (await owner.messages(channel))[-1]["text"] == OWN  # nothing changes before the tap
    await owner.press(edited, "Обновить вышедший пост")
    post = await owner.wait(lambda m: text_of(m) == NEW, chat=channel, what="edited post")
    assert "edit_date" in post
    assert len([m for m in await owner.messages(channel) if text_of(m)]) == 1
    after = await owner.wait(lambda m: "пост обновлён" in text_of(m), what="word of it")
    assert not any("Обновить" in label for label in labels(after))
    assert await _rows(runtime) == [(PublicationStatus.PUBLISHED, 2)]


async def test_a_published_post_is_taken_down_after_a_question(
    owner: Owner, runtime: Runtime, clock: ManualClock
) -> None:
    card, channel = await _published(owner, runtime, clock)
    await owner.press(card, "Снять с площадки")
    question = await owner.wait(lambda m: "больше не увидят" in text_of(m), what="question")
    await owner.press(question, "Назад")
    card = await owner.wait(lambda m: OWN in text_of(m) and has("Снять с площадки")(m), what="card again")
    assert [m for m in await owner.messages(channel) if text_of(m)]
    await owner.press(card, "Снять с площадки")
    question = await owner.wait(lambda m: "больше не увидят" in text_of(m), what="question")
    await owner.press(question, "Снять с площадки")
    after = await owner.wait(lambda m: "пост снят" in text_of(m), what="word of it")
    assert not [m for m in await owner.messages(channel) if text_of(m)]
    assert await _rows(runtime) == [(PublicationStatus.CANCELLED, 1)]
    # The draft stays approved, so it can go out again.
    assert any("Сейчас" in label for label in labels(after))
