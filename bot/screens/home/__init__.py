"""Home: what is going on, and the first-run choice of language."""
