"""All tables.  The ledger is the record; the other tables are a working copy of it.

Every column is text, a whole number or bytes, so that a row means the same in SQLite and PostgreSQL:
an instant is UTC text as in the ledger (fixed width, so it sorts), a day is ``YYYY-MM-DD``, votes are
millionths, a yes-or-no is 0 or 1, lists are JSON text.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voting.store.campaign_tables import contact_ask as contact_ask
from voting.store.campaign_tables import contact_campaign as contact_campaign
from voting.store.campaign_tables import contact_mail as contact_mail
from voting.store.campaign_tables import contact_token as contact_token
from voting.store.columns import IN_TWO_TREES, Instant, metadata, of_assembly
from voting.store.draft_tables import draft as draft
from voting.store.during_tables import amendment as amendment
from voting.store.during_tables import ballot_opening as ballot_opening
from voting.store.during_tables import delivery as delivery
from voting.store.during_tables import office_act as office_act
from voting.store.during_tables import replaced_credential as replaced_credential
from voting.store.erasure_tables import erasure as erasure
from voting.store.history_tables import correction as correction
from voting.store.history_tables import incident as incident
from voting.store.history_tables import lost_checkpoint as lost_checkpoint
from voting.store.history_tables import proposed_correction as proposed_correction
from voting.store.history_tables import timestamp as timestamp
from voting.store.inquiry_tables import inquiry as inquiry
from voting.store.office_tables import account as account
from voting.store.office_tables import account_event as account_event
from voting.store.office_tables import approval as approval
from voting.store.office_tables import key_copy as key_copy
from voting.store.office_tables import office_session as office_session
from voting.store.office_tables import passkey as passkey
from voting.store.office_tables import totp as totp
from voting.store.office_tables import tries as tries
from voting.store.paper_tables import letterhead as letterhead
from voting.store.paper_tables import letterhead_version as letterhead_version
from voting.store.paper_tables import paper_sender as paper_sender
from voting.store.register_tables import committee as committee
from voting.store.register_tables import member_change as member_change
from voting.store.register_tables import register_act as register_act
from voting.store.register_tables import register_head as register_head
from voting.store.register_tables import roll_upload as roll_upload
from voting.store.register_tables import seat as seat
from voting.store.register_tables import voteless_kind as voteless_kind
from voting.store.witness_tables import cosignature as cosignature

body = Table(
    "body",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(24), nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("body", String(64), ForeignKey("body.slug"), primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kana", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("prefecture", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("addresses", Text, nullable=False),  # JSON list
    Column("phone", Text, nullable=False),
    Column("votes", BigInteger, nullable=False),
    Column("joined", String(10)),
    Column("left_on", String(10)),
    Column("note", Text, nullable=False),
    Column("other", Text, nullable=False),  # JSON list of pairs
    Column("changed_at", Instant, nullable=False),
    Column("contact_at", Instant),  # when the contact was last stated or confirmed; NULL as changed_at
)

document = Table(
    "document",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("pages", Integer),  # of a PDF that was looked into when it came
)

assembly = Table(
    "assembly",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("origin", Text, nullable=False, unique=True),
    Column("body", String(64), ForeignKey("body.slug"), nullable=False),
    Column("chair", Text),
    Column("contact", Text, nullable=False),
    Column("disclosure", String(2), nullable=False),
    Column("vkey", Text, nullable=False),
    Column("docket", Text, nullable=False),  # JSON, members by number
    Column("sealed_docket", Text),  # JSON as published: members by commitment
    Column("base", String(64)),  # leaf hash of the freeze entry, or of the last amendment of texts
    Column("frozen_index", BigInteger),
    Column("issued_index", BigInteger),
    Column("closed_index", BigInteger),
    Column("deemed_index", BigInteger),
    Column("tally_index", BigInteger),
    Column("result_index", BigInteger),
    Column("certified_at", Instant),
    Column("certified_chair", String(64), ForeignKey("account.id")),
    Column("certified_auditor", String(64), ForeignKey("account.id")),
    Column("checked_at", Instant),  # when the whole ledger was last recomputed
    Column("checkpoint_mail", String(8)),  # daily, closing or none; NULL as none
    Column("checkpoint_mailed", String(10)),  # the day last mailed, or "closed"
    Column("contradiction", LargeBinary),  # a checkpoint signed by the log that the ledger does not hold
    Column("contradiction_settled", BigInteger),  # ledger index of the incident that accounts for it
    Column("amended_sha256", String(64)),  # of docket.json, where it was amended
    Column("texts_index", BigInteger),  # of the last amendment of texts: answers before it are void
    Column("created_at", Instant, nullable=False),
)

roll_entry = Table(
    "roll_entry",
    metadata,
    of_assembly(),
    Column("member_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kana", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("prefecture", Text, nullable=False),
    Column("votes", BigInteger, nullable=False),
    Column("addresses", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    sqlite_with_rowid=IN_TWO_TREES,
)

credential = Table(
    "credential",
    metadata,
    of_assembly(),
    Column("member_id", Text, primary_key=True),
    Column("lookup", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("level", String(2), nullable=False),
    Column("issued_index", BigInteger, nullable=False),
    UniqueConstraint("lookup"),
    ForeignKeyConstraint(["assembly", "member_id"], ["roll_entry.assembly", "roll_entry.member_id"]),
    sqlite_with_rowid=IN_TWO_TREES,
)

person = Table(
    "person",
    metadata,
    of_assembly(),
    Column("account", String(64), ForeignKey("account.id"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("commitment", String(64), nullable=False),
)

ledger_head = Table(
    "ledger_head",
    metadata,
    of_assembly(),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("last_time", Instant, nullable=False),
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    sqlite_with_rowid=IN_TWO_TREES,
)

checkpoint = Table(
    "checkpoint",
    metadata,
    of_assembly(),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", LargeBinary, nullable=False),
    sqlite_with_rowid=IN_TWO_TREES,
)

scan = Table(
    "scan",
    metadata,
    of_assembly(),
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

paper = Table(
    "paper",
    metadata,
    of_assembly(),
    Column("serial", String(32), primary_key=True),
    Column("idx", BigInteger, nullable=False),
    Column("channel", String(8), nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("scan_sha256", String(64), nullable=False),
    Column("registered_by", String(64), ForeignKey("account.id"), nullable=False),
    Column("disposed_index", BigInteger),
)

paper_reading = Table(
    "paper_reading",
    metadata,
    of_assembly(),
    Column("serial", String(32), primary_key=True),
    Column("account", String(64), ForeignKey("account.id"), primary_key=True),
    Column("reading", Text, nullable=False),  # JSON
    Column("read_at", Instant, nullable=False),
    ForeignKeyConstraint(["assembly", "serial"], ["paper.assembly", "paper.serial"]),
)

submission = Table(
    "submission",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", Text),
    Column("sequence", Integer, nullable=False),
    Column("replaces", BigInteger),
    Column("refused", String(16)),  # reason, NULL where accepted
    Column("channel", String(8), nullable=False),
    Column("level", String(2), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("opening", Text, nullable=False),  # JSON: the ballot of ledger L2
    Column("salt", LargeBinary, nullable=False),
    Column("section", Text, nullable=False),
    Column("respondent", Text, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("opinion_public", Integer, nullable=False),
    Column("request_key", LargeBinary),
    Column("paper_serial", String(32)),
    # By the member alone: with the assembly in front SQLite would take the primary key instead.
    Index(None, "member_id"),
    UniqueConstraint("assembly", "request_key"),
    sqlite_with_rowid=IN_TWO_TREES,
)

fact = Table(
    "fact",
    metadata,
    of_assembly(),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String(16), nullable=False),
    Column("motion", Integer),
    Column("member_id", Text),
    Column("at", Instant),
    Column("value", Text),
)

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", String(128), primary_key=True),
    Column("assembly", Integer, ForeignKey("assembly.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("member_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("secret", Text),  # the voting code, wiped once the mail is sent
    Column("ref", BigInteger),  # ledger index the mail is about
    Column("queued_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Instant),
    Column("sent_at", Instant),
    Column("failed_at", Instant),
    Column("error", Text),
    Index(None, "sent_at", "failed_at", "due_at"),
    sqlite_with_rowid=IN_TWO_TREES,
)

publication = Table(
    "publication",
    metadata,
    of_assembly(),
    Column("name", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
