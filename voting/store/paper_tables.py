"""What the papers of an assembly need besides its docket."""

from sqlalchemy import Column, Table, Text

from voting.store.columns import Instant, metadata, of_assembly

letterhead = Table(
    "letterhead",
    metadata,
    of_assembly(),
    Column("source", Text, nullable=False),  # the LETTERHEAD.toml as the office wrote it
    Column("changed_at", Instant, nullable=False),
)
