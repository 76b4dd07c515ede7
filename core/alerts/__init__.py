"""Alerts: what the owner is told in Telegram, by the other ways: e-mail, and an address of the owner's."""
