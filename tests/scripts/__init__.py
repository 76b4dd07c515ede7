"""Tests of what a developer runs by hand."""
