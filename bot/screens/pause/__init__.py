"""Pause: holding everything, or one product, and letting it go on."""
