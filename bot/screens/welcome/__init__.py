"""Welcome: the first run, from the language to the first channel."""
