"""Secrets at rest: authenticated encryption bound to the row it belongs to."""
