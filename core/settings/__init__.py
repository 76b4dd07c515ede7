"""Settings: the owner's choices, kept in the database."""
