"""The register's own tables: committees and their members, who changed what, sheets on their way in."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String, Table, Text

from voting.store.columns import Instant, metadata

# A body with a parent: its register is made of the parent's members that have a seat in it.
committee = Table(
    "committee",
    metadata,
    Column("slug", String(64), ForeignKey("body.slug"), primary_key=True),
    Column("parent", String(64), ForeignKey("body.slug"), nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("body", String(64), ForeignKey("committee.slug"), primary_key=True),
    Column("member_id", Text, primary_key=True),  # of the parent's register
    Column("votes", BigInteger, nullable=False),
    Column("joined", String(10)),
    Column("left_on", String(10)),
)

# Members of these kinds belong to the body and are on no roll.
voteless_kind = Table(
    "voteless_kind",
    metadata,
    Column("body", String(64), ForeignKey("body.slug"), primary_key=True),
    Column("kind", Text, primary_key=True),
)

# One row a body: who changes its register takes the next number first, and so waits for whoever is at it.
register_head = Table(
    "register_head",
    metadata,
    Column("body", String(64), ForeignKey("body.slug"), primary_key=True),
    Column("revision", BigInteger, nullable=False),
)

register_act = Table(
    "register_act",
    metadata,
    Column("body", String(64), ForeignKey("body.slug"), primary_key=True),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("what", String(24), nullable=False),
    Column("detail", Text, nullable=False),
)

member_change = Table(
    "member_change",
    metadata,
    Column("body", String(64), ForeignKey("body.slug"), primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("before", Text),  # JSON of the whole member; NULL where it was new
    Column("after", Text, nullable=False),
)

# A sheet between its upload and somebody's yes; deleted then, or when it expires.
roll_upload = Table(
    "roll_upload",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("body", String(64), ForeignKey("body.slug"), nullable=False),
    Column("by", String(64), ForeignKey("account.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("choices", Text, nullable=False),  # JSON: columns by hand, repairs accepted, who is leaving
    Column("uploaded_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)
