"""Channels connected on the platform's own page: bot, receiver and the strict platforms over real HTTP."""
