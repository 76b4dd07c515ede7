"""Are the system templates there, the same in code and database, and fit to be read?"""

import pytest
from sqlalchemy import text

from core.db import migrations
from core.db.session import create_engine
from core.runtime import Runtime
from core.templates import service, system
from core.templates.kinds import PostKind
from core.templates.rendering import fill

BEFORE = "4d8e061f83ee"


@pytest.mark.parametrize("language", system.LANGUAGES)
async def test_the_database_has_what_the_code_ships(runtime: Runtime, language: str) -> None:
    """Fails when a shipped file changes: the change needs a migration of its own."""
    shipped = system.shipped(language)
    assert set(shipped) == set(PostKind)
    async with runtime.unit_of_work() as session:
        for key, expected in shipped.items():
            row = await service.by_key(session, key, language)
            assert row is not None
            assert (row.name, row.description) == (expected.name, expected.description)
            assert row.structure == expected.structure.model_dump(exclude_unset=True)
            assert row.is_system
            assert row.product_id is None
            assert row.category == row.content_type == key


@pytest.mark.parametrize("language", system.LANGUAGES)
@pytest.mark.parametrize("kind", list(PostKind))
def test_every_template_reads_well_without_and_with_its_data(language: str, kind: PostKind) -> None:
    structure = system.shipped(language)[kind].structure
    bare = fill(structure, {"title": "Первая строка", "text": "Остальное."})
    assert bare.text.splitlines()[0] == "**Первая строка**"
    assert "Остальное." in bare.text
    assert not set("{}[]") & set(bare.text)
    for example in structure.examples:
        full = fill(structure, {**example, "emoji": "🌟", "must_say": "18+"})
        for value in example.values():
            assert value in full.text
        assert full.text.startswith("🌟 **")
        assert full.text.endswith("18+")
        assert set(full.missing) <= set(structure.variables)
        assert set(example) <= set(structure.variables)


async def test_going_down_removes_exactly_them(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    await migrations.upgrade(engine)
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO templates (name, content_type, structure, is_system, key, language) "
                "VALUES ('mine', 'x', '{}', false, null, null), ('theirs', 'x', '{}', true, 'other', 'ru')"
            )
        )
        await connection.execute(text("INSERT INTO products (name, slug) VALUES ('P', 'p')"))
        await connection.execute(
            text(
                "INSERT INTO content (product_id, original_text, template_id) "
                "SELECT p.id, 'post', t.id FROM products p, templates t WHERE t.key = 'recap' AND t.language = 'ru'"
            )
        )
    await migrations.downgrade(engine, BEFORE)
    async with engine.connect() as connection:
        left = {row.name for row in await connection.execute(text("SELECT name FROM templates"))}
        posts = [
            tuple(row)
            for row in await connection.execute(text("SELECT original_text, template_id FROM content"))
        ]
    assert left == {"mine", "theirs"}
    assert posts == [("post", None)]
    await migrations.upgrade(engine)
    await engine.dispose()
