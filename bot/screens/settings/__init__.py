"""Settings: zone and language, publishing rules, AI, notifications, interface, and what is set elsewhere."""
