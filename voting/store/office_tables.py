"""Officers: their accounts and second factors, their sessions, what they ask each other to approve."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from voting.store.columns import Instant, metadata

account = Table(
    "account",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("password_by", String(64)),  # who chose the password; NULL: the officer did
    Column("locked_at", Instant),
)

totp = Table(
    "totp",
    metadata,
    Column("account", String(64), ForeignKey("account.id"), primary_key=True),
    Column("secret", LargeBinary, nullable=False),  # sealed
    Column("last_step", BigInteger, nullable=False),  # the newest code taken; none is taken twice
    Column("made_at", Instant, nullable=False),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", String(255), primary_key=True),  # the credential's id, base64url
    Column("account", String(64), ForeignKey("account.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index(None, "account"),
)

office_session = Table(
    "office_session",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 (hex) of what the cookie holds
    Column("account", String(64), ForeignKey("account.id"), nullable=False),
    Column("factor", String(8)),  # totp, passkey; NULL: only the password was given so far
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("stepped_up_at", Instant),
    Column("agent", Text, nullable=False),
    Column("pending", LargeBinary),  # a TOTP secret on its way to the authenticator, sealed
    Column("challenge", LargeBinary),  # for the next passkey
    Column("told", Text),  # JSON: what the next page says on top
    Column("revoked_at", Instant),
    Index(None, "account", "made_at"),
)

account_event = Table(
    "account_event",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("account", String(64), ForeignKey("account.id"), nullable=False),
    Column("by", String(64), nullable=False),  # an account, or "host" for a command on the host
    Column("what", String(24), nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "at"),
)

tries = Table(
    "tries",
    metadata,
    Column("key", String(160), primary_key=True),
    Column("used", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),  # seconds since 1970: when it is counted anew
)

# What a copy of the key folder was found to hold; fingerprints of what is public.
key_copy = Table(
    "key_copy",
    metadata,
    Column("drill", String(16), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),  # SHA-256 (hex) of the vkey or the certificate
    Column("name", Text, nullable=False),
    Column("drilled_at", Instant, nullable=False),
    Column("account", String(64), ForeignKey("account.id"), nullable=False),
)

approval = Table(
    "approval",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("assembly", Integer, ForeignKey("assembly.id")),  # NULL where it is about an account
    Column("account", String(64), ForeignKey("account.id")),
    Column("act", String(24), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),  # canonical JSON of exactly what is approved
    Column("note", Text, nullable=False),  # why it is proposed, in the proposer's words
    Column("requested_by", String(64), ForeignKey("account.id"), nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("approved_by", String(64), ForeignKey("account.id")),
    Column("approved_at", Instant),
    Column("ended_by", String(64), ForeignKey("account.id")),
    Column("ended_at", Instant),
    Column("ended_as", String(12)),  # withdrawn, refused or overtaken
    Column("ended_why", Text),
    Index(None, "assembly", "act"),
)
