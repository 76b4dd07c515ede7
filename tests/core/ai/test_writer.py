"""Does every idea become a draft, whatever the model does, and is it said plainly how it was made?"""

import asyncio
import dataclasses
import json
import uuid
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text

from core.ai import writer
from core.ai.models import AiUsage
from core.ai.notices import Notice
from core.ai.writer import Draft
from core.content import service as contents
from core.errors import InvalidInput, NotFound
from core.notifications.models import Notification, NotificationKind
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from core.settings import service as settings
from core.templates import service as templates
from tests.core.ai.conftest import pointed_at
from tests.fakes.anthropic import FakeAnthropic

IDEA = "Запускаем поиск по архиву\n\nНаходит заметку по одному слову."
DEFAULT, FALLBACK = "claude-sonnet-5-5", "claude-haiku-5-5"


async def _write(runtime: Runtime, product: Product, idea: str = IDEA, **fields: Any) -> Draft:
    return await writer.write_post(
        runtime, product_id=product.id, **{"idea": idea, "platforms": ["telegram"]} | fields
    )


async def _outcomes(runtime: Runtime) -> list[tuple[str | None, str]]:
    async with runtime.unit_of_work() as session:
        rows = await session.scalars(select(AiUsage).order_by(AiUsage.id))
        return [(row.outcome, row.model) for row in rows]


async def test_the_model_writes(connected: Runtime, claude: FakeAnthropic, product: Product) -> None:
    draft = await _write(connected, product)
    assert draft.text == f"✨ {IDEA}"
    assert (draft.made_by, draft.model, draft.notice, draft.adapted) == ("ai", DEFAULT, None, {})
    assert draft.prompt is not None
    assert draft.prompt.startswith("post-")
    assert draft.cost_usd == Decimal("0.0054")  # 1200 * $2 + 300 * $10 per million
    assert "A door opens." in claude.requests[0].system
    assert await _outcomes(connected) == [("ok", DEFAULT)]


async def test_without_a_key_the_template_speaks(runtime: Runtime, product: Product) -> None:
    draft = await _write(runtime, product)
    assert draft.text == "🌟 **Запускаем поиск по архиву**\n\nНаходит заметку по одному слову."
    assert (draft.made_by, draft.notice, draft.model, draft.cost_usd) == (
        "template",
        Notice.NO_KEY,
        None,
        None,
    )
    assert await _outcomes(runtime) == []
    async with runtime.unit_of_work() as session:
        assert draft.template_id is not None
        assert (await templates.get(session, draft.template_id)).key == "announcement"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("rate_limited", "overloaded"),
        ("overloaded", "overloaded"),
        ("broken", "overloaded"),
        ("model_gone", "model_gone"),
        ("drop", "unreachable"),
        ("half_json", "invalid"),
        ("nonsense", "invalid"),
    ],
)
async def test_the_fallback_model_steps_in(
    connected: Runtime, claude: FakeAnthropic, product: Product, fault: str, outcome: str
) -> None:
    claude.faults.append(fault)
    draft = await _write(connected, product)
    assert claude.models_asked == [DEFAULT, FALLBACK]
    assert (draft.made_by, draft.model, draft.notice) == ("ai", FALLBACK, Notice.FALLBACK_MODEL)
    assert await _outcomes(connected) == [(outcome, DEFAULT), ("ok", FALLBACK)]


@pytest.mark.parametrize(
    ("fault", "notice"),
    [
        ("no_credit", Notice.NO_CREDIT),
        ("forbidden", Notice.BAD_KEY),
        ("bad_request", Notice.UNAVAILABLE),
        ("refusal", Notice.REFUSED),
    ],
)
async def test_where_another_model_would_not_help_none_is_asked(
    connected: Runtime, claude: FakeAnthropic, product: Product, fault: str, notice: Notice
) -> None:
    claude.faults.append(fault)
    draft = await _write(connected, product)
    assert claude.models_asked == [DEFAULT]
    assert (draft.made_by, draft.notice) == ("template", notice)
    assert "Запускаем поиск по архиву" in draft.text


@pytest.mark.parametrize(
    ("pair", "notice"),
    [
        (("overloaded", "broken"), Notice.OVERLOADED),
        (("drop", "drop"), Notice.UNREACHABLE),
        (("drop", "nonsense"), Notice.NONSENSE),
        (("model_gone", "model_gone"), Notice.MODEL_GONE),
    ],
)
async def test_when_both_fail_the_template_speaks_and_says_why(
    connected: Runtime, claude: FakeAnthropic, product: Product, pair: tuple[str, str], notice: Notice
) -> None:
    claude.faults.extend(pair)
    draft = await _write(connected, product)
    assert (draft.made_by, draft.notice) == ("template", notice)
    assert len(await _outcomes(connected)) == 2


async def test_a_slow_model_is_not_waited_for(
    connected: Runtime, claude: FakeAnthropic, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_TIME_LIMIT", 0.5)
    claude.faults.extend(["slow", "slow"])
    async with asyncio.timeout(10):
        draft = await _write(connected, product)
    assert draft.notice is Notice.TIMED_OUT
    assert [outcome for outcome, _ in await _outcomes(connected)] == ["timed_out", "timed_out"]


async def test_a_wrong_key(connected: Runtime, claude: FakeAnthropic, product: Product) -> None:
    runtime = dataclasses.replace(connected, settings=pointed_at(claude, connected.settings, "wrong"))
    draft = await _write(runtime, product)
    assert (draft.made_by, draft.notice) == ("template", Notice.BAD_KEY)


async def test_the_cap_is_checked_before_the_call(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    async with connected.unit_of_work() as session:
        await settings.change(session, settings.Ai, daily_cap_usd=0.0001)
    draft = await _write(connected, product)
    assert (draft.made_by, draft.notice) == ("template", Notice.CAP_REACHED)
    assert claude.requests == []


async def test_no_transaction_is_open_during_the_call(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    seen: list[int] = []

    def watch(body: dict[str, Any]) -> str:
        seen.append(connected.database.engine.pool.checkedout())  # type: ignore[attr-defined]
        return json.dumps({"text": "ok"})

    claude.answering = watch
    await _write(connected, product)
    assert seen == [0]


async def test_the_models_of_the_settings_are_asked(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    async with connected.unit_of_work() as session:
        await settings.change(
            session, settings.Ai, default_model="claude-opus-5-5", fallback_model="claude-3-opus"
        )
    claude.faults.append("overloaded")
    draft = await _write(connected, product)
    # Both names mean the same model: it is not asked twice.
    assert claude.models_asked == ["claude-opus-5-5"]
    assert draft.notice is Notice.OVERLOADED


async def test_several_platforms_get_texts_of_their_own(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.answering = lambda body: json.dumps(
        {"text": "For all", "for_telegram": "For all", "for_x": "Short\u0000"}
    )
    draft = await _write(connected, product, platforms=["telegram", "x", "telegram"])
    assert (draft.text, draft.adapted) == ("For all", {"x": {"text": "Short"}})
    properties = claude.requests[0].body["output_config"]["format"]["schema"]["properties"]
    assert set(properties) == {"text", "for_telegram", "for_x"}


async def test_no_platform_yet(connected: Runtime, product: Product) -> None:
    draft = await _write(connected, product, platforms=[])
    assert (draft.text, draft.adapted) == (f"✨ {IDEA}", {})


async def test_a_thread_comes_in_parts(connected: Runtime, runtime: Runtime, product: Product) -> None:
    draft = await _write(connected, product, kind="thread")
    parts = [f"1/2 ✨ {IDEA} (1)", f"2/2 ✨ {IDEA} (2)"]
    assert draft.adapted == {"telegram": {"text": "\n\n".join(parts), "thread": parts}}
    plain = await _write(runtime, product, kind="thread")
    assert plain.adapted["telegram"]["thread"] == [
        "🌟 **Запускаем поиск по архиву**",
        "Находит заметку по одному слову.",
    ]


async def test_an_empty_answer_is_no_answer(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.answering = lambda body: json.dumps({"text": " \u0000 "})
    draft = await _write(connected, product)
    assert draft.notice is Notice.NONSENSE


@pytest.mark.parametrize(
    "idea", ["🚀", "👩‍👩‍👧‍👦🔥", "?", "<b>not bold</b>", "{title} {{secret}}", "a\0b", "\ud83d tail"]
)
async def test_odd_ideas_work_with_and_without_ai(
    connected: Runtime, runtime: Runtime, product: Product, idea: str
) -> None:
    written = await _write(connected, product, idea)
    assert written.made_by == "ai"
    plain = await _write(runtime, product, idea)
    assert plain.made_by == "template"
    async with runtime.unit_of_work() as session:  # both can be stored
        for draft in (written, plain):
            await contents.create_draft(
                session, product_id=product.id, text=draft.text, adapted=draft.adapted
            )


async def test_a_very_long_idea_is_the_owners_text(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    idea = "слово " * 8000 + "конец"
    draft = await _write(connected, product, idea)
    assert (draft.text, draft.made_by, draft.notice) == (idea, "owner", Notice.TOO_LONG)
    assert claude.requests == []


@pytest.mark.parametrize("idea", ["", "  \n ", "\0"])
async def test_an_empty_idea_is_refused(runtime: Runtime, product: Product, idea: str) -> None:
    with pytest.raises(InvalidInput):
        await _write(runtime, product, idea)


async def test_an_unknown_product(runtime: Runtime) -> None:
    with pytest.raises(NotFound):
        await writer.write_post(runtime, product_id=uuid.uuid4(), idea="x", platforms=[])


async def test_feedback_and_previous_text_are_sent(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    await _write(
        connected, product, feedback="короче", previous="Старый текст", language="en", has_media=True
    )
    seen = claude.requests[0]
    for words in ("короче", "Старый текст", "English"):
        assert words in seen.content
    assert "972" in seen.system


async def test_the_language_is_asked_for_given_by_the_voice_or_the_owners(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    await _write(connected, product)
    async with connected.unit_of_work() as session:
        row = await session.get_one(Product, product.id)
        row.brand_voice = BrandVoice(language="английский").stored()
    await _write(connected, product)
    await _write(connected, product, language="ru")
    first_calls = [seen for seen in claude.requests if "<faults>" not in seen.content]
    languages = ["English" if "in English" in seen.content else "Russian" for seen in first_calls]
    assert languages == ["Russian", "English", "Russian"]


async def test_the_products_own_template_is_used(runtime: Runtime, product: Product) -> None:
    """One that asks for neither title nor text still loses no word."""
    structure = {
        "variables": ["title", "key_facts", "cta"],
        "format": "single",
        "ai_hints": "Be loud",
        "examples": [],
    }
    async with runtime.unit_of_work() as session:
        own = await templates.create(
            session, product_id=product.id, name="Own", content_type="announcement", structure=structure
        )
    draft = await _write(runtime, product)
    assert draft.template_id == own.id
    assert draft.text == "Запускаем поиск по архиву\n\nНаходит заметку по одному слову."


async def test_hints_of_the_template_reach_the_model_when_a_kind_is_asked_for(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    async with connected.unit_of_work() as session:
        await templates.create(
            session,
            product_id=product.id,
            name="Own",
            content_type="recap",
            structure={"ai_hints": "Count from zero"},
        )
    draft = await _write(connected, product, kind="recap")
    assert "Count from zero" in claude.requests[0].content
    assert draft.made_by == "ai"


async def test_without_any_template_in_the_database(runtime: Runtime, product: Product) -> None:
    async with runtime.unit_of_work() as session:
        await session.execute(text("DELETE FROM templates"))
    draft = await _write(runtime, product, kind="question")
    assert draft.text.startswith("🌟 **Запускаем поиск по архиву**")
    assert draft.text.endswith("А как у вас?")
    assert draft.template_id is None


async def test_invented_facts_are_flagged(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    claude.answering = lambda body: json.dumps({"text": "Уже 500 человек: https://made.up/page"})
    draft = await _write(connected, product)
    assert {(finding.code, finding.value) for finding in draft.findings} == {
        ("number", "500"),
        ("link", "https://made.up/page"),
    }
    assert len(claude.requests) == 2  # it was asked to repair them, once


async def test_the_usage_row_points_at_the_content(connected: Runtime, product: Product) -> None:
    async with connected.unit_of_work() as session:
        content = await contents.create_draft(session, product_id=product.id, text="x")
    await _write(connected, product, content_id=content.id)
    async with connected.unit_of_work() as session:
        assert await session.scalar(select(AiUsage.content_id)) == content.id


async def test_a_call_that_is_given_up_stays_on_the_books(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    """Whoever cancels does not know what the model had done by then."""
    await _write(connected, product)  # loads the SDK, which would eat up the second below
    claude.faults.append("slow")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await _write(connected, product)
    assert await _outcomes(connected) == [("ok", DEFAULT), ("unknown", DEFAULT)]


async def test_a_template_nobody_can_read_is_passed_over(runtime: Runtime, product: Product) -> None:
    """Structures are checked when they are made, but a database has other visitors."""
    async with runtime.unit_of_work() as session:
        row = await templates.create(
            session, product_id=product.id, name="Own", content_type="announcement", structure={"body": "x"}
        )
        row.structure = {"format": "poem", "variables": "title"}
    draft = await _write(runtime, product)
    assert draft.text.startswith("🌟 **Запускаем")
    assert draft.template_id is None


async def test_a_retired_model_is_told_of_once(
    connected: Runtime, claude: FakeAnthropic, product: Product
) -> None:
    async def told() -> list[Notification]:
        async with connected.unit_of_work() as session:
            query = select(Notification).where(Notification.kind == NotificationKind.MODEL_REPLACED)
            return list(await session.scalars(query))

    await _write(connected, product)
    assert await told() == []  # the settings as they come: the owner chose nothing that could be gone
    async with connected.unit_of_work() as session:
        await settings.change(
            session, settings.Ai, default_model="claude-3-7-sonnet", fallback_model="claude-3-5-haiku"
        )
    for _ in range(3):
        await _write(connected, product)
    [first] = await told()
    assert first.payload == {"models": [f"claude-3-5-haiku → {FALLBACK}", f"claude-3-7-sonnet → {DEFAULT}"]}
    async with connected.unit_of_work() as session:
        await settings.change(session, settings.Ai, default_model=DEFAULT)
    await _write(connected, product)
    assert len(await told()) == 2  # another pair, another piece of news
    async with connected.unit_of_work() as session:
        await settings.change(session, settings.Ai, fallback_model=FALLBACK)
    await _write(connected, product)
    assert len(await told()) == 2
