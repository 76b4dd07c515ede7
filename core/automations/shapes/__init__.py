"""Shapes of automations: what trigger, conditions, actions and options may hold, as models with errors that name the path."""
