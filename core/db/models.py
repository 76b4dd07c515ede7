"""Which models exist? Importing this module registers every table on ``Base.metadata``."""

from core.ai.models import AcceptedFinding, AiUsage, ContentHeadlines, ContentRemark
from core.analytics.models import (
    ChannelCollection,
    ChannelFollowers,
    ChannelInvite,
    DailyStat,
    MetricFiring,
    PublicationCollection,
    PublicationMetric,
    SuggestionPutAway,
)
from core.automations.models import (
    Automation,
    AutomationDraft,
    AutomationLog,
    AutomationMark,
    AutomationStep,
)
from core.backup.models import Backup
from core.channels.models import Channel, ChannelApplication, ChannelConsent
from core.chats.models import Chat, ChatState
from core.content.models import Content, ContentCard, ContentMark, ContentVersion, WeekPlan
from core.db.base import Base
from core.events.models import Event
from core.inbox.models import TelegramUpdate
from core.learning.models import EditPair, RuleProposal
from core.notifications.models import Notification, NotificationDelivery, Trouble
from core.products.models import Product
from core.publications.models import Publication, PublicationAttempt
from core.settings.models import Heartbeat, Setting
from core.templates.models import Template

__all__ = [
    "AcceptedFinding", "AiUsage", "Automation", "AutomationDraft", "AutomationLog", "AutomationMark", "AutomationStep", "Backup", "Base", "Channel", "ChannelApplication",
    "ChannelCollection", "ChannelConsent", "ChannelFollowers", "ChannelInvite", "Chat", "ChatState",
    "Content", "ContentCard", "ContentHeadlines", "ContentMark", "ContentRemark", "ContentVersion",
    "DailyStat", "EditPair", "Event", "Heartbeat", "MetricFiring", "Notification", "NotificationDelivery",
    "Product", "Publication", "PublicationAttempt", "PublicationCollection", "PublicationMetric",
    "RuleProposal", "Setting", "SuggestionPutAway", "TelegramUpdate", "Template", "Trouble",
    "WeekPlan",
]  # fmt: skip
