"""What happens between the notice and the count beside the votes: changes, deliveries, acts of the office."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, String, Table, Text, UniqueConstraint

from voting.store.columns import Instant, metadata, of_assembly

# The docket in force stands with its assembly; here is what each amendment has replaced.
amendment = Table(
    "amendment",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String(8), nullable=False),  # period, texts
    Column("reason", Text, nullable=False),
    Column("amended_at", Instant, nullable=False),
    Column("before", Text, nullable=False),  # docket.json as published until then
)

# Keys that were issued and are not in force any more: receipts given for their votes stay true.
replaced_credential = Table(
    "replaced_credential",
    metadata,
    of_assembly(),
    Column("member_id", Text, primary_key=True),
    Column("issued_index", BigInteger, primary_key=True, autoincrement=False),
    Column("replaced_index", BigInteger, nullable=False),
    Column("lookup", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("level", String(2), nullable=False),
    UniqueConstraint("lookup"),
)

delivery = Table(
    "delivery",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", Text, primary_key=True),
    Column("channel", String(8), primary_key=True),
    Column("delivered", BigInteger, nullable=False),  # 1 where it arrived, 0 where it failed
    Column("at", Instant, nullable=False),
)

# When a member's code first opened its ballot: who takes part, and nothing of any choice.
ballot_opening = Table(
    "ballot_opening",
    metadata,
    of_assembly(),
    Column("member_id", Text, primary_key=True),
    Column("opened_at", Instant, nullable=False),
)

# Privileged acts that the ledger has as entries of kind operator, with what they are about.
office_act = Table(
    "office_act",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String(24), nullable=False),
    Column("account", String(64), ForeignKey("account.id"), nullable=False),
    Column("acted_at", Instant, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
)
