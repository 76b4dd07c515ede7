"""Conditions: a rule's comparisons evaluated on what has happened, with actual and expected values; never raising."""
