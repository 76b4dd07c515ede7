"""Cancel: leaving whatever was begun."""
