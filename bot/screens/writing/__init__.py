"""A text that is being written: it grows before the owner's eyes and can be stopped."""
