"""Usage: what AI has cost, and what is left of the caps."""
