"""Drafts: what waits for a decision."""
