"""Compose: the commands that make drafts, /new, /post and /generate."""
