"""Channels: the list, each channel's card, and the wizard that connects one."""
