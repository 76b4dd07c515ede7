"""What the trial run starts with: one product with a voice, a channel, and some history."""
