"""Neutral formatting: one rich text that every platform renders in its own way."""
