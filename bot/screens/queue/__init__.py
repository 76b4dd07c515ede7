"""Queue: what goes out when."""
