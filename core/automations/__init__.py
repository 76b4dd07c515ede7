"""Automations: triggers, conditions and actions composed from the domains."""
