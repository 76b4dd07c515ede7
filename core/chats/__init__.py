"""Chats: what the control panel remembers about each conversation."""
