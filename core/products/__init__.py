"""Products: what the owner markets, and the voice each speaks in."""
