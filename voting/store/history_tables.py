"""What became of a ledger besides its votes: time-stamps, incidents, promises lost, corrections."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from voting.store.columns import Instant, metadata, of_assembly

timestamp = Table(
    "timestamp",
    metadata,
    of_assembly(),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),  # the very bytes that were stamped
    Column("token", LargeBinary, nullable=False),
    Column("obtained_at", Instant, nullable=False),
)

incident = Table(
    "incident",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("from_at", Instant, nullable=False),
    Column("to_at", Instant, nullable=False),
    Column("what", Text, nullable=False),
)

# A promise that the store could not keep: proof for ever, whatever is restored later.
lost_checkpoint = Table(
    "lost_checkpoint",
    metadata,
    of_assembly(),
    Column("sha256", String(64), primary_key=True),  # of the note
    Column("size", BigInteger, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("incident", BigInteger, nullable=False),  # index of the entry that tells of it
)

# What the chair proposes to correct, until an auditor approves exactly this or it is proposed anew.
proposed_correction = Table(
    "proposed_correction",
    metadata,
    of_assembly(),
    Column("of", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
)

correction = Table(
    "correction",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),  # of the result; the first correction makes the second
    Column("of", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("result_sha256", String(64), nullable=False),
    Column("corrected_at", Instant, nullable=False),
    Column("chair", String(64), ForeignKey("account.id"), nullable=False),
    Column("auditor", String(64), ForeignKey("account.id"), nullable=False),
)
