"""What every update passes through before a screen sees it."""
