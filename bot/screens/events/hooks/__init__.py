"""Where a product's events come in: its address, its secret, and a test event."""
