"""Repeat: a post that goes out again and again."""
