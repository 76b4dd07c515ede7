"""Where do files live when several machines share them? In a bucket of S3 or of anything that speaks its language.

Every file is in the bucket; the folder on this machine is a copy of those it has had to do with, and may be emptied.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from core.config import Settings
from core.errors import NexusError
from core.media.store import SCHEME, MediaStore

if TYPE_CHECKING:
    from types_boto3_s3.client import S3Client

_TIMEOUT = 30  # seconds without a sign of the bucket
_TRIES = 4
_GONE = {"404", "NoSuchKey", "NotFound"}


class BucketAway(NexusError):
    """The bucket does not answer, or does not let us in; the message says which, never with what key."""

    code = "bucket-away"


def media_store(settings: Settings) -> MediaStore:
    """Make the store that ``settings`` ask for: a bucket when ``MEDIA_S3_BUCKET`` is set, else the folder alone."""
    folder = settings.nexus_home / "media"
    if settings.media_s3_bucket is None:
        return MediaStore(folder)
    return BucketStore(folder, settings.media_s3_bucket, _client(settings))


def _client(settings: Settings) -> "S3Client":
    # Half a second and 14 MB of modules that nobody needs who keeps files on disk.
    import boto3
    from botocore.config import Config

    secret = settings.media_s3_secret_key
    client: S3Client = boto3.client(
        "s3",
        endpoint_url=str(settings.media_s3_endpoint) if settings.media_s3_endpoint else None,
        region_name=settings.media_s3_region,
        # None: what the AWS libraries find by themselves, such as the role of the machine.
        aws_access_key_id=settings.media_s3_access_key,
        aws_secret_access_key=secret.get_secret_value() if secret else None,
        config=Config(
            connect_timeout=5, read_timeout=_TIMEOUT, retries={"mode": "standard", "total_max_attempts": _TRIES},
            # Servers that are not Amazon's have known neither names of buckets as hosts nor checksums in trailers.
            s3={"addressing_style": "path" if settings.media_s3_endpoint else "auto"},
            request_checksum_calculation="when_required",
        ),
    )  # fmt: skip
    return client


class BucketStore(MediaStore):
    """A ``MediaStore`` whose files are in a bucket, under the names they have on disk."""

    def __init__(self, folder: Path, bucket: str, client: "S3Client") -> None:
        super().__init__(folder)
        self._bucket = bucket
        self._client = client

    async def save(self, content: bytes, extension: str) -> str:
        """Store ``content`` here and in the bucket. Raises ``BucketAway``: nobody may rely on a file only we have."""
        url = await super().save(content, extension)
        await asyncio.to_thread(self._put, url.removeprefix(SCHEME), content)
        return url

    async def local(self, url: str) -> Path:
        """Return the file on this machine, fetched from the bucket if need be. Raises ``NotFound``, ``BucketAway``."""
        path = self.path(url)
        if not await asyncio.to_thread(path.is_file):
            content = await asyncio.to_thread(self._get, url.removeprefix(SCHEME))
            if content is None:
                raise self.missing(url)
            await asyncio.to_thread(self._write, path, content)
        return path

    def _put(self, name: str, content: bytes) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            # By its hash: what has the name has the content.
            self._client.put_object(Bucket=self._bucket, Key=name, Body=content)
        except (BotoCoreError, ClientError) as error:
            raise BucketAway(_reason(error), bucket=self._bucket) from None

    def _get(self, name: str) -> bytes | None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
        except ClientError as error:
            if _code(error) in _GONE:
                return None
            raise BucketAway(_reason(error), bucket=self._bucket) from None
        except BotoCoreError as error:
            raise BucketAway(_reason(error), bucket=self._bucket) from None


def _code(error: Exception) -> str:
    return str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))


def _reason(error: Exception) -> str:
    return f"the bucket of MEDIA_S3_BUCKET cannot be used: {_code(error) or type(error).__name__}"
