"""Platforms that live in memory."""
