"""Over HTTP, with the bot polling: a bot added to a channel is offered, a token is gone from the chat, a test post stands."""

from bot.sandbox import Sandbox
from core.products import service as products
from core.runtime import Runtime
from tests.e2e.owner import Owner, has, text_of

THEIRS = f"700001:{'B' * 35}"


async def _second_product(owner: Owner, runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Кофе")
    await owner.send("/start")
    await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
    await owner.wait(has("Каналы"), what="home screen")


async def test_a_channel_made_with_the_bot_in_it_is_offered_and_connected(
    owner: Owner, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    await _second_product(owner, runtime)
    await owner.make_channel("Кофейня", "coffee_shop")
    offer = await owner.wait(lambda m: "Меня добавили в «Кофейня»" in text_of(m), what="offer")
    await owner.press(offer, "Кофе")
    found = await owner.wait(lambda m: "Нашёл: Кофейня (@coffee_shop)" in text_of(m), what="account")
    assert text_of(found).count("✅") == 4
    await owner.press(found, "Тестовый пост и подключить")
    card = await owner.wait(has("Удалить тестовый пост"), what="connected channel")
    posts = [post.content.get("text", "") for post in sandbox[0].messages("@coffee_shop")]
    assert any(text.startswith("Тестовый пост NEXUS") for text in posts)
    await owner.press(card, "Удалить тестовый пост")
    await owner.wait(lambda m: "Тестовый пост удалён" in text_of(m), what="deletion")
    posts = [post.content.get("text", "") for post in sandbox[0].messages("@coffee_shop")]
    assert not any(text.startswith("Тестовый пост NEXUS") for text in posts)


async def test_a_token_leaves_the_chat_wherever_it_is_written(
    owner: Owner, runtime: Runtime, sandbox: tuple[Sandbox, str]
) -> None:
    await _second_product(owner, runtime)
    sandbox[0].add_bot(THEIRS, "coffee_bot", "Coffee")
    await owner.send(f"вот токен {THEIRS}")
    told = await owner.wait(lambda m: "Это токен бота" in text_of(m), what="answer")
    assert "удалено из чата" in text_of(told)
    await owner.press(told, "Подключить канал")
    await owner.press(await owner.wait(has("Кофе"), what="products"), "Кофе")
    await owner.press(await owner.wait(has("Mastodon"), what="platforms"), "Telegram")
    await owner.press(await owner.wait(has("Свой бот"), what="ways"), "Свой бот")
    await owner.wait(lambda m: "Пришлите токен бота" in text_of(m), what="question")
    await owner.send(THEIRS)
    await owner.wait(lambda m: "Токен рабочий: @coffee_bot" in text_of(m), what="proof")
    assert not any(THEIRS in text_of(message) for message in await owner.messages())
