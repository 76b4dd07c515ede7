"""Resolve: what the owner decides about failed, uncertain and late posts."""
