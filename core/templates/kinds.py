"""Which kinds of posts are there? The names in `content.content_type` and `templates.category`."""

from enum import StrEnum


class PostKind(StrEnum):
    """What a post is for; each has a system template and instructions for the model."""

    ANNOUNCEMENT = "announcement"
    SPOTLIGHT = "spotlight"
    MILESTONE = "milestone"
    SOCIAL_PROOF = "social_proof"
    EDUCATIONAL = "educational"
    BEHIND_THE_SCENES = "behind_the_scenes"
    QUESTION = "question"
    RECAP = "recap"
    PROMOTION = "promotion"
    THREAD = "thread"
