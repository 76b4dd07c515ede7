"""What is assumed where own history is silent? Round figures to start from; `docs/decisions/0040-own-history.md`.

None of them is a measurement. They are stated wherever they are used, and a handful of own posts outweighs them.
"""

from datetime import time

from core.publications.slots import DEFAULT_HOURS

# Engagements per hundred impressions, where the platform tells impressions.
_RATES = {
    "twitter": 2.0,
    "x": 2.0,
    "linkedin": 3.0,
    "instagram": 3.0,
    "threads": 3.0,
    "facebook": 2.0,
    "vk": 2.0,
}
_RATE = 2.0
# Engagements per hundred followers, where it does not but the followers are known.
_PER_HUNDRED_FOLLOWERS = 1.0
PRIOR_WEIGHT = 3.0  # posts: what the assumption counts for

# Hours at which a post may go out when history prefers none.
_HOURS = {"linkedin": (time(8), time(12), time(17)), "instagram": (time(11), time(14), time(19))}


def rate(platform: str) -> float:
    """Return the assumed engagements per hundred impressions."""
    return _RATES.get(platform, _RATE)


def engagements(followers: int) -> float:
    """Return the assumed engagements of a post that ``followers`` may see."""
    return followers * _PER_HUNDRED_FOLLOWERS / 100


def hours(platforms: list[str]) -> list[int]:
    """Return the default hours of the platforms together, as a wall clock shows them."""
    return sorted({at.hour for platform in platforms or [""] for at in _HOURS.get(platform, DEFAULT_HOURS)})
