"""What was erased at the end of its term: when, by which rule, by whom, and how much of what."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from voting.store.columns import Instant, metadata, of_assembly

erasure = Table(
    "erasure",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, nullable=False),
    Column("rule", Text, nullable=False),
    Column("erased_at", Instant, nullable=False),
    Column("first", String(64), ForeignKey("account.id"), nullable=False),
    Column("second", String(64), ForeignKey("account.id"), nullable=False),
    Column("amounts", Text, nullable=False),  # JSON: how many records of each kind
)
