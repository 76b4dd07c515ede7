"""Schedule: choosing the moment of a post."""
