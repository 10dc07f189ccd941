"""What the papers of an assembly need besides its docket, and whom papers come from."""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, Text

from voting.store.columns import Instant, metadata, of_assembly

letterhead = Table(
    "letterhead",
    metadata,
    of_assembly(),
    Column("source", Text, nullable=False),  # the LETTERHEAD.toml as the office wrote it
    Column("changed_at", Instant, nullable=False),
)

# Every one that was set, in order: what was written over can be taken up again.
letterhead_version = Table(
    "letterhead_version",
    metadata,
    of_assembly(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", String(64), ForeignKey("account.id")),  # None: before versions were kept
)

# Whom a paper comes from, as far as the door can tell.  An unclear one is not read before somebody has
# said whose it is, and how that was found out.
paper_sender = Table(
    "paper_sender",
    metadata,
    of_assembly(),
    Column("serial", String(32), primary_key=True),
    Column("as_written", Text, nullable=False),
    Column("unclear", Integer, nullable=False),
    Column("member_id", Text),
    Column("settled_by", String(64), ForeignKey("account.id")),
    Column("settled_at", Instant),
    Column("settled_why", Text),
    ForeignKeyConstraint(["assembly", "serial"], ["paper.assembly", "paper.serial"]),
)
