"""Notifications: what the owner must be told, as rows the bot drains."""
