"""Where do jobs of each urgency wait in Redis?"""

from core.jobs.jobs import Priority

STREAMS = {priority: f"nexus:jobs:{priority}" for priority in (Priority.HIGH, Priority.NORMAL, Priority.LOW)}
"""One stream per priority, the most urgent first."""
