"""Which ways of signing are understood?"""

from enum import StrEnum


class Scheme(StrEnum):
    """How a sender signs; the values are kept in a product's settings."""

    NEXUS = "nexus"
    STANDARD = "standard"
    GITHUB = "github"
    STRIPE = "stripe"
