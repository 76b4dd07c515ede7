"""Where may a platform's answer send a file, and the token with it?"""

import pytest

from core.platforms.rest import may_be_called

PLATFORM = "https://api.linkedin.com"


@pytest.mark.parametrize(
    ("address", "api_base", "allowed"),
    [
        ("https://www.linkedin.com/dms-uploads/1", PLATFORM, True),
        ("https://api.linkedin.com/x", PLATFORM, True),
        ("http://api.linkedin.com/x", PLATFORM, False),
        ("http://uploads.example.org/x", PLATFORM, False),
        ("https://169.254.169.254/latest/meta-data", PLATFORM, False),
        ("https://10.0.0.1/x", PLATFORM, False),
        ("https://①②⑦.0.0.1/x", PLATFORM, False),
        ("https://[::ffff:127.0.0.1]/x", PLATFORM, False),
        ("https://localhost/x", PLATFORM, False),
        ("https://user:word@www.linkedin.com/x", PLATFORM, False),
        ("https://8.8.8.8/x", PLATFORM, True),
        (
            "http://127.0.0.1:9001/x",
            "http://127.0.0.1:9000",
            True,
        ),  # a server of one's own, which is where we are
        ("http://[::1", PLATFORM, False),
        ("https://", PLATFORM, False),
    ],
)
def test_only_by_https_to_the_internet_or_to_itself(address: str, api_base: str, allowed: bool) -> None:
    assert may_be_called(address, api_base) is allowed
