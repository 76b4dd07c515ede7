"""What do a publication's attempts say about what is out, what may be out, and what comes next?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.platforms.base import Sent
from core.publications.models import AttemptState, PublicationAttempt


@dataclass(frozen=True, slots=True)
class Ledger:
    """The attempts of a publication, reduced to what matters next."""

    sent: Mapping[int, Sent]
    last: Mapping[int, PublicationAttempt]
    doubt: Mapping[int, PublicationAttempt]  # the first try of a part whose outcome is unknown

    def first_unsent(self) -> int:
        """Return the number of the first part that is not out for certain."""
        part = 0
        while part in self.sent:
            part += 1
        return part

    def earlier(self, part: int) -> tuple[Sent, ...]:
        """Return what the platform answered to the parts before ``part``."""
        # A part that the owner confirmed by hand has no ids to reply to.
        return tuple(self.sent[number] for number in range(part) if self.sent[number].post_ids)


def read(attempts: Sequence[PublicationAttempt]) -> Ledger:
    """Read attempts in order of part and attempt."""
    sent = {
        attempt.part: Sent(tuple(str(post_id) for post_id in attempt.post_ids or ()), attempt.post_url)
        for attempt in attempts
        if attempt.state == AttemptState.CONFIRMED
    }
    doubt = {a.part: a for a in reversed(attempts) if a.state in {AttemptState.UNKNOWN, AttemptState.STARTED}}
    return Ledger(sent=sent, last={attempt.part: attempt for attempt in attempts}, doubt=doubt)
