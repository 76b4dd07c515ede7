"""Channels: a product's account on one platform, with its sealed credentials."""
