"""Does the database answer, and what is it?"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def server_version(session: AsyncSession) -> str:
    """Return PostgreSQL's version, e.g. "18.4"; its packager's remarks are left out."""
    version: str = await session.scalar(text("SHOW server_version")) or "?"
    return version.split()[0]
