"""When did the owner say? Free text in Russian and English read as a moment, a doubt to ask about, or a refusal.

``read_time`` decides most phrases with a small grammar of its own and asks dateparser about dates with a month's
name and about spans of days, weeks and months; docs/decisions/0020-time-phrases.md says why and what was measured.
"""

from core.text.when.read import read_time
from core.text.when.reading import Doubt, DoubtReason, Moment, Reading, Refused, RefusedReason

__all__ = ["Doubt", "DoubtReason", "Moment", "Reading", "Refused", "RefusedReason", "read_time"]
