"""Written-resolution voting: signed ballots, exact counting, results anyone can check."""

__version__ = "0.1.0"
