"""Asking the members of a body once a year whether what is known of them is still right (名簿確認)."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from voting.store.columns import Instant, metadata

contact_campaign = Table(
    "contact_campaign",
    metadata,
    Column("id", String(32), primary_key=True),  # that of the request that two persons approved
    Column("body", String(64), ForeignKey("body.slug"), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("words", Text, nullable=False),  # the office's own, above the question
    Column("contact", Text, nullable=False),  # whom to ask
    Column("opened_at", Instant, nullable=False),
    Column("first", String(64), ForeignKey("account.id"), nullable=False),
    Column("second", String(64), ForeignKey("account.id"), nullable=False),
    Column("ended_at", Instant),  # before its last day
    Column("ended_by", String(64), ForeignKey("account.id")),
    Index(None, "body", "opened_at"),
)

# One row a member that is asked, with its last answer and what the office made of it.
contact_ask = Table(
    "contact_ask",
    metadata,
    Column("campaign", String(32), ForeignKey("contact_campaign.id"), primary_key=True),
    Column("member_id", Text, primary_key=True),
    Column("answer", String(12)),  # confirmed, change or elsewhere; NULL where nothing has come
    Column("answered_at", Instant),
    Column("section", Text),
    Column("person", Text),
    Column("remark", Text),
    Column("wanted", Text),  # JSON: field -> text as the member wants it
    Column("settled_as", String(12)),  # taken or refused
    Column("settled_at", Instant),
    Column("settled_by", String(64), ForeignKey("account.id")),
    Column("settled_why", Text),
)

# What opens a member's page.  A reminder brings another one, as nobody has kept the first.
contact_token = Table(
    "contact_token",
    metadata,
    Column("look_up", LargeBinary, primary_key=True),
    Column("campaign", String(32), nullable=False),
    Column("member_id", Text, nullable=False),
    ForeignKeyConstraint(["campaign", "member_id"], ["contact_ask.campaign", "contact_ask.member_id"]),
)

# Worked off as the outbox is (store/mail_queue.py); what it says is made when it is sent.
contact_mail = Table(
    "contact_mail",
    metadata,
    Column("message_id", String(128), primary_key=True),
    Column("campaign", String(32), ForeignKey("contact_campaign.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # ask or remind
    Column("member_id", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("secret", Text),  # the code of the page, wiped once the mail is sent
    Column("queued_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Instant),
    Column("sent_at", Instant),
    Column("failed_at", Instant),
    Column("error", Text),
    Index(None, "sent_at", "failed_at", "due_at"),
)
