"""Checks: what a text says that nobody told it, and where it departs from the voice. Deterministic, without a model."""
