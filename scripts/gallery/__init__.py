"""The gallery: every screen in both languages, as an owner gets there by tapping and typing."""
