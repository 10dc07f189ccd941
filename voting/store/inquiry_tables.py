"""Questions of members.  What was published of them stands in the acts of the office, bound to the ledger."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from voting.store.columns import Instant, metadata, of_assembly

inquiry = Table(
    "inquiry",
    metadata,
    of_assembly(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("member_id", Text),  # NULL once it was erased
    Column("asked_at", Instant, nullable=False),
    Column("original", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("request_key", LargeBinary),
    Column("wording", Text, nullable=False),  # as it is to be published
    Column("reply", Text, nullable=False),  # drafted and not sent
    Column("changed_at", Instant),
    Column("changed_by", String(64), ForeignKey("account.id")),
    Column("aside_at", Instant),
    Column("aside_by", String(64), ForeignKey("account.id")),
    Column("aside_why", Text),
    Column("came", String(8)),  # the way by which the office received it; NULL for the member's own page
    Column("entered_by", String(64), ForeignKey("account.id")),
    # By member too: what one member's form is known by tells nothing to another.
    UniqueConstraint("assembly", "member_id", "request_key"),
)
