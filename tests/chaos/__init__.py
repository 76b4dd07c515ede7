"""Killed processes, and what must not come of it."""
