"""Versions: every state a draft has had, to look at and to bring back."""
