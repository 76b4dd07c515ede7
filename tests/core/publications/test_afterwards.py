"""Can what is out still be changed or taken down, and does the row say so?"""

import uuid
from dataclasses import replace

import pytest

from core.content import service as content_service
from core.errors import AuthExpired, NotFound, OutcomeUnknown, Rejected, Stale, Unsupported
from core.platforms.base import Part, Sent, Target
from core.publications import afterwards, resolution
from core.publications.errors import NotApproved
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act


async def published(world: World, *thread: str) -> Publication:
    publication = await world.plan(await world.content("one", thread=thread))
    await world.execute(publication)
    return publication


async def edit(
    world: World, publication: Publication, *thread: str, text: str = "new", approve: bool = True
) -> None:
    async with world.runtime.unit_of_work() as session:
        adapted = {"scripted": {"thread": list(thread)}} if thread else {}
        content = await content_service.edit(
            session, publication.content_id, expected_version=1, text=text, adapted=adapted
        )
        if approve:
            await session.flush()
            await content_service.approve(session, content.id, version=content.version, now=world.clock.now())


async def test_an_edit_changes_only_the_parts_that_differ(world: World) -> None:
    publication = await published(world, "one", "two")
    await edit(world, publication, "one", "TWO")
    assert await afterwards.edit_published(world.runtime, publication.id) == 1
    assert world.platform.texts == ["one", "TWO"]
    assert await afterwards.edit_published(world.runtime, publication.id) == 0
    row = await world.read(publication)
    assert (row.status, row.content_version) == (S.PUBLISHED, 2)
    async with world.runtime.unit_of_work() as session:
        assert (await content_service.get(session, publication.content_id)).status == "published"


async def test_only_approved_text_replaces_what_is_live(world: World) -> None:
    publication = await published(world)
    await edit(world, publication, approve=False)
    with pytest.raises(NotApproved):
        await afterwards.edit_published(world.runtime, publication.id)
    assert world.platform.texts == ["one"]


async def test_what_cannot_be_edited_is_said(world: World) -> None:
    publication = await published(world)
    await edit(world, publication, "a", "b")
    with pytest.raises(Unsupported):
        await afterwards.edit_published(world.runtime, publication.id)
    other = await published(world)
    await edit(world, other, text="x" * 101)
    with pytest.raises(Rejected):
        await afterwards.edit_published(world.runtime, other.id)
    plain = replace(world.platform.platform(), edit=None, delete=None)
    runtime = replace(world.runtime, platforms={"scripted": plain})
    for action in (afterwards.edit_published, afterwards.delete_published):
        with pytest.raises((Unsupported, NotApproved)):
            await action(runtime, publication.id)
        with pytest.raises(NotFound):
            await action(runtime, uuid.uuid4())


async def test_deleting_takes_every_part_down_once(world: World) -> None:
    publication = await published(world, "one", "two")
    await afterwards.delete_published(world.runtime, publication.id)
    assert world.platform.wall == []
    row = await world.read(publication)
    assert (row.status, row.error_code, row.platform_url) == (S.CANCELLED, "deleted", None)
    with pytest.raises(Stale):
        await afterwards.delete_published(world.runtime, publication.id)


async def test_a_post_whose_id_is_not_known_is_left_alone(world: World) -> None:
    world.platform.then(Act(error=lambda: OutcomeUnknown("lost"), after=True))
    publication = await published(world)
    async with world.runtime.unit_of_work() as session:
        await resolution.confirm_live(session, publication.id, now=world.clock.now())
    with pytest.raises(Unsupported):
        await afterwards.delete_published(world.runtime, publication.id)
    assert world.platform.texts == ["one"]


async def test_refused_credentials_mark_the_channel(world: World) -> None:
    publication = await published(world)
    await edit(world, publication)

    async def refuse(target: Target, sent: Sent, part: Part) -> None:
        raise AuthExpired("gone")

    runtime = replace(world.runtime, platforms={"scripted": replace(world.platform.platform(), edit=refuse)})
    for _ in range(2):
        with pytest.raises(AuthExpired):
            await afterwards.edit_published(runtime, publication.id)
    assert await world.kinds() == ["published", "channel_error"]
