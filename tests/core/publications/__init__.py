"""Publications: never twice, never lost, never silently."""
