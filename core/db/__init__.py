"""The database: declarative base, column types, and the one place that commits."""
