"""Events: what products have reported."""
