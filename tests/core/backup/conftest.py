"""What do the backup tests stand on? The world of the publication tests."""

from tests.core.publications.conftest import jobs, platform, world

__all__ = ["jobs", "platform", "world"]
