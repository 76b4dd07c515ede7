"""Findings: what a check of a draft came upon, one by one, to be called right or repaired."""
