"""Changing the keys that seal stored secrets, while everything runs."""
