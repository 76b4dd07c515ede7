"""Voice: how a product speaks, field by field, tried on a sentence, and read from its own posts."""
