"""What witnesses have signed."""

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text

from voting.store.columns import IN_TWO_TREES, Instant, metadata, of_assembly

cosignature = Table(
    "cosignature",
    metadata,
    of_assembly(),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("witness", Text, primary_key=True),  # name and id of its key
    Column("line", LargeBinary, nullable=False),
    Column("stored_at", Instant, nullable=False),
    sqlite_with_rowid=IN_TWO_TREES,
)
