"""Are files in a bucket there for every machine, and is trouble with it told without the key?"""

from collections.abc import Generator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pydantic import AnyHttpUrl, SecretStr

from core.config import Settings
from core.errors import NotFound
from core.media.remote import BucketAway, BucketStore, media_store
from core.media.store import MediaStore

KEY, SECRET = "AKIAEXAMPLE", "not-a-secret-of-anybody"


@pytest.fixture(scope="module")
def s3() -> Generator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3: str) -> str:
    client = boto3.client(
        "s3", endpoint_url=s3, region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )
    client.create_bucket(Bucket="posts")
    return "posts"


def settings(folder: Path, endpoint: str, bucket: str = "posts") -> Settings:
    return Settings(
        _env_file=None, nexus_home=folder, media_s3_bucket=bucket, media_s3_endpoint=AnyHttpUrl(endpoint),
        media_s3_region="us-east-1", media_s3_access_key=KEY, media_s3_secret_key=SecretStr(SECRET),
    )  # fmt: skip


def test_without_a_bucket_the_folder_is_all_there_is(tmp_path: Path) -> None:
    assert type(media_store(Settings(_env_file=None, nexus_home=tmp_path))) is MediaStore


async def test_another_machine_reads_what_one_has_kept(tmp_path: Path, s3: str, bucket: str) -> None:
    here, there = (media_store(settings(tmp_path / name, s3)) for name in ("here", "there"))
    assert isinstance(here, BucketStore)
    url = await here.save(b"cat" * 100_000, "jpg")
    assert await there.load(url) == b"cat" * 100_000
    path = await there.local(url)
    assert path.is_relative_to(tmp_path / "there")
    assert path.read_bytes() == b"cat" * 100_000


async def test_a_copy_is_read_without_asking_the_bucket(tmp_path: Path, s3: str, bucket: str) -> None:
    kept = media_store(settings(tmp_path, s3))
    url = await kept.save(b"dog", "png")
    nowhere = media_store(settings(tmp_path, "http://127.0.0.1:9"))
    assert await nowhere.load(url) == b"dog"


async def test_what_is_nowhere_is_missing(tmp_path: Path, s3: str, bucket: str) -> None:
    with pytest.raises(NotFound, match="missing"):
        await media_store(settings(tmp_path, s3)).load("media://" + "0" * 64 + ".jpg")


async def test_a_bucket_that_is_not_there_is_named_and_the_key_is_not(tmp_path: Path, s3: str) -> None:
    with pytest.raises(BucketAway, match="NoSuchBucket") as caught:
        await media_store(settings(tmp_path, s3, "elsewhere")).save(b"cat", "jpg")
    assert SECRET not in str(caught.value)
    assert KEY not in str(caught.value)


async def test_a_bucket_that_does_not_answer_is_said(tmp_path: Path) -> None:
    away = media_store(settings(tmp_path, "http://127.0.0.1:9"))
    with pytest.raises(BucketAway, match="EndpointConnectionError"):
        await away.save(b"cat", "jpg")
    with pytest.raises(BucketAway, match="EndpointConnectionError"):
        await away.load("media://" + "1" * 64 + ".jpg")
