"""Platforms: one folder per foreign network, all with the same face."""
