"""Looking at every part of an installation and saying what to do about it."""
