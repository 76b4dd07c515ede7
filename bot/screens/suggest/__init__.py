"""Suggestions: what could be done next for a product, each with the button that does it."""
