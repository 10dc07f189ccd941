"""A member's way: the ballot, the answer, the receipt, and what became of it."""
