"""All frauds, in the order of the table in docs/trust.md."""

from tests.frauds import rules, votes
from tests.frauds.battery import FRAUDS

__all__ = ["FRAUDS", "rules", "votes"]
