"""Which figures does NEXUS count? Every name, unit and label of its own, in one place.

Labels have few values: platforms, outcomes, models; never a product, a chat or an id, which would make a time series
each. Counters are of one process and start at zero with it; Prometheus adds processes up.
"""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
_LATE = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 21600.0)

PUBLICATIONS = Counter(
    "nexus_publications", "Publications that came to rest, by how.", ["platform", "outcome"]
)
LATENESS = Histogram(
    "nexus_publication_lateness_seconds",
    "Time between the moment a publication was due and the one it was out.",
    ["platform"],
    buckets=_LATE,
)
ATTEMPTS = Counter("nexus_attempts", "Calls that publish, by what came of them.", ["platform", "outcome"])
EVENTS = Counter("nexus_events", "Deliveries to the receiver, by answer.", ["outcome"])
RUNS = Counter("nexus_automation_runs", "Runs of automations that ended, by how.", ["outcome"])
AI_CALLS = Counter("nexus_ai_calls", "Calls to a model, by what came of them.", ["model", "outcome"])
AI_TOKENS = Counter("nexus_ai_tokens", "Tokens that were paid for.", ["model", "kind"])
AI_COST = Counter("nexus_ai_cost_usd", "US dollars for tokens, by the price list that is known.", ["model"])
TELEGRAM_CALLS = Counter("nexus_telegram_calls", "Calls of the bot, by answer.", ["method", "outcome"])
TELEGRAM_WAITS = Counter("nexus_telegram_flood_wait_seconds", "Seconds waited because Telegram asked for it.")
UPDATES = Counter("nexus_telegram_updates", "Updates handled, by kind.", ["kind"])
NOTIFICATIONS = Counter(
    "nexus_notifications", "News for the owner, by kind and outcome.", ["kind", "outcome"]
)
JOB_SECONDS = Histogram("nexus_job_seconds", "How long jobs took.", ["job", "outcome"], buckets=_SECONDS)

# Looked up when somebody asks (core.metrics.standing), and the same from whichever process answers.
DATABASE_UP = Gauge("nexus_database_up", "Whether the database answered the last look (1 or 0).")
REDIS_UP = Gauge("nexus_redis_up", "Whether Redis answered the last look (1 or 0); absent without Redis.")
QUEUE_DEPTH = Gauge("nexus_queue_depth", "Jobs that wait or are being done.", ["queue"])
DUE = Gauge("nexus_publications_due", "Publications whose time has come and that are not out.")
OLDEST_DUE = Gauge(
    "nexus_publication_oldest_due_seconds", "How long the longest waiting of them has been due."
)
WAITING_EVENTS = Gauge("nexus_events_waiting", "Events that were taken and not yet worked on.")
WAITING_NEWS = Gauge(
    "nexus_notifications_waiting", "News that the owner has not been told although it is time."
)
CHANNELS = Gauge("nexus_channels", "Channels by status.", ["status"])
HEARTBEAT_AGE = Gauge("nexus_heartbeat_age_seconds", "Seconds since a part's last sign of life.", ["part"])
