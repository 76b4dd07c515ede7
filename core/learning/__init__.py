"""Learning: the owner's edits of what AI wrote, and the rules they suggest for the voice."""
