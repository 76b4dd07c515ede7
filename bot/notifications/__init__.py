"""Notifications: one file a kind, turning a row of ids into a screen."""
