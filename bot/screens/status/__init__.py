"""Status: whether everything is alive."""
