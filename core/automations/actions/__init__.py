"""Actions: one file per kind, each with what it does outside of a transaction and what it writes inside of one."""
