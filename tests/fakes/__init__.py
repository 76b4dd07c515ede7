"""Stand-ins that are stricter than the real thing."""
