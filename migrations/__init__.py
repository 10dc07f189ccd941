"""Alembic's scripts: the shape of the database, step by step."""
