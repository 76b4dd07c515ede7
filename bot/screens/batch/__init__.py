"""Batch: several drafts approved with one tap, and put on the calendar with another."""
