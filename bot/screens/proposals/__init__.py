"""Screen: what an automation proposes; approve, put away, and let a rule act by itself."""
