"""What a developer runs by hand: installing, taking pictures."""
