"""Events: what products report through the signed receiver."""
