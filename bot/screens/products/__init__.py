"""Products: the current one, and a new one."""
