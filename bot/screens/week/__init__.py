"""Week: a plan of kinds and days, written one draft after another, approved together."""
