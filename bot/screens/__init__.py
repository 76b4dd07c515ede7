"""Screens: one folder each, with its buttons, its view, its handlers and what it waits for."""
