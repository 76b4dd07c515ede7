"""News: what came in the quiet hours, one by one."""
