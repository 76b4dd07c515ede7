"""Templates: reusable shapes of posts with variables."""
