"""Where things are kept: SQLAlchemy for the SQL, one place that begins and commits."""
