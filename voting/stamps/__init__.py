"""Time-stamps of an authority outside (RFC 3161).  What is stamped, and when, is not decided here."""
