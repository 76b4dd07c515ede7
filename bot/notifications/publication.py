"""What is said about one publication? Loading it once, for the kinds that are about one."""

from bot.notifications.telling import Telling
from core.publications import queries
from core.publications.queries import PublicationView


async def load(telling: Telling) -> PublicationView:
    """Load the publication a notification is about. Raises ``NotFound``."""
    async with telling.runtime.unit_of_work() as session:
        return await queries.details(session, telling.id_of("publication_id"))
