"""Deleting what is old, in small pieces, beside everything else."""
