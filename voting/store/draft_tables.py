"""What the office keeps of a draft besides its docket: who changed it last, what is still to be confirmed."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from voting.store.columns import Instant, metadata, of_assembly

draft = Table(
    "draft",
    metadata,
    of_assembly(),
    Column("notice_days", Integer),  # days between notice and close that the body's own rules ask for
    Column("dates_confirmed", Integer, nullable=False),
    Column("copied_from", Text),  # origin of the assembly it was copied from
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", String(64), ForeignKey("account.id"), nullable=False),
    Column("withdrawn_at", Instant),
    Column("withdrawn_by", String(64), ForeignKey("account.id")),
    Column("withdrawn_why", Text),
)
