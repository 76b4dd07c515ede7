"""Content: drafts, their versions and their approval."""
