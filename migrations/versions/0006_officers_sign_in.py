"""Officers sign in: second factors, sessions, a journal of accounts, tries counted, approvals that end.

Requests of the first shape kept no document: whoever approved one could not be shown what it was.  Those
still waiting expire with this migration and have to be proposed again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("password_by", sa.String(length=64), nullable=True))
    op.add_column("account", sa.Column("locked_at", sa.String(length=24), nullable=True))
    _factors()
    _sessions()
    op.create_table(
        "tries",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tries")),
    )
    _approvals()


def _factors() -> None:
    op.create_table(
        "totp",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_totp_account")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_totp")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("used_at", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_passkey_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_index(op.f("ix_passkey_account"), "passkey", ["account"])


def _sessions() -> None:
    op.create_table(
        "office_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("factor", sa.String(length=8), nullable=True),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("seen_at", sa.String(length=24), nullable=False),
        sa.Column("stepped_up_at", sa.String(length=24), nullable=True),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("pending", sa.LargeBinary(), nullable=True),
        sa.Column("challenge", sa.LargeBinary(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_office_session_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_session")),
    )
    op.create_index(op.f("ix_office_session_account_made_at"), "office_session", ["account", "made_at"])
    op.create_table(
        "account_event",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_account_event_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index(op.f("ix_account_event_at"), "account_event", ["at"])


def _approvals() -> None:
    with op.batch_alter_table("approval") as table:
        table.alter_column("assembly", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("account", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("document", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("expires_at", sa.String(length=24), nullable=False, server_default=""))
        table.add_column(sa.Column("ended_by", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("ended_at", sa.String(length=24), nullable=True))
        table.add_column(sa.Column("ended_as", sa.String(length=12), nullable=True))
        table.add_column(sa.Column("ended_why", sa.Text(), nullable=True))
        table.create_foreign_key(op.f("fk_approval_account"), "account", ["account"], ["id"])
        table.create_foreign_key(op.f("fk_approval_ended_by"), "account", ["ended_by"], ["id"])
    op.execute("UPDATE approval SET expires_at = requested_at")
    with op.batch_alter_table("approval") as table:
        for name, kind in (("document", sa.Text()), ("note", sa.Text()), ("expires_at", sa.String(24))):
            table.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
