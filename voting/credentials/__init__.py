"""Secrets: voting codes, officers' passwords, log keys.  Chance is always an argument."""
