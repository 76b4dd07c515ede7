"""Automations: what is set up to happen by itself."""
