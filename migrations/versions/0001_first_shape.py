"""The first shape of the database.

Entries and checkpoints refuse UPDATE and DELETE by trigger (ledger L4): what was written stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("ledger_entry", "checkpoint")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_table(
        "body",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_body")),
    )
    op.create_table(
        "document",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )
    op.create_table(
        "assembly",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("chair", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("disclosure", sa.String(length=2), nullable=False),
        sa.Column("vkey", sa.Text(), nullable=False),
        sa.Column("docket", sa.Text(), nullable=False),
        sa.Column("sealed_docket", sa.Text(), nullable=True),
        sa.Column("base", sa.String(length=64), nullable=True),
        sa.Column("frozen_index", sa.BigInteger(), nullable=True),
        sa.Column("issued_index", sa.BigInteger(), nullable=True),
        sa.Column("closed_index", sa.BigInteger(), nullable=True),
        sa.Column("deemed_index", sa.BigInteger(), nullable=True),
        sa.Column("tally_index", sa.BigInteger(), nullable=True),
        sa.Column("result_index", sa.BigInteger(), nullable=True),
        sa.Column("certified_at", sa.String(length=24), nullable=True),
        sa.Column("certified_chair", sa.String(length=64), nullable=True),
        sa.Column("certified_auditor", sa.String(length=64), nullable=True),
        sa.Column("checked_at", sa.String(length=24), nullable=True),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_assembly_body")),
        sa.ForeignKeyConstraint(
            ["certified_auditor"], ["account.id"], name=op.f("fk_assembly_certified_auditor")
        ),
        sa.ForeignKeyConstraint(
            ["certified_chair"], ["account.id"], name=op.f("fk_assembly_certified_chair")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly")),
        sa.UniqueConstraint("origin", name=op.f("uq_assembly_origin")),
    )
    op.create_table(
        "member",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("joined", sa.String(length=10), nullable=True),
        sa.Column("left_on", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_member_body")),
        sa.PrimaryKeyConstraint("body", "member_id", name=op.f("pk_member")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("requested_by", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.String(length=24), nullable=False),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("approved_at", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_approval_approved_by")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_approval_assembly")),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name=op.f("fk_approval_requested_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_assembly_act"), "approval", ["assembly", "act"], unique=False)
    op.create_table(
        "checkpoint",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_checkpoint_assembly")),
        sa.PrimaryKeyConstraint("assembly", "size", name=op.f("pk_checkpoint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("motion", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=24), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_fact_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_fact")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_ledger_entry_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_ledger_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_head",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("last_time", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_ledger_head_assembly")),
        sa.PrimaryKeyConstraint("assembly", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.String(length=128), nullable=False),
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("ref", sa.BigInteger(), nullable=True),
        sa.Column("queued_at", sa.String(length=24), nullable=False),
        sa.Column("due_at", sa.String(length=24), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.String(length=24), nullable=True),
        sa.Column("sent_at", sa.String(length=24), nullable=True),
        sa.Column("failed_at", sa.String(length=24), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_outbox_assembly")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_outbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_outbox_sent_at_failed_at_due_at"), "outbox", ["sent_at", "failed_at", "due_at"], unique=False
    )
    op.create_table(
        "paper",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("idx", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("arrived_at", sa.String(length=24), nullable=False),
        sa.Column("scan_sha256", sa.String(length=64), nullable=False),
        sa.Column("registered_by", sa.String(length=64), nullable=False),
        sa.Column("disposed_index", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_paper_assembly")),
        sa.ForeignKeyConstraint(["registered_by"], ["account.id"], name=op.f("fk_paper_registered_by")),
        sa.PrimaryKeyConstraint("assembly", "serial", name=op.f("pk_paper")),
    )
    op.create_table(
        "person",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_person_account")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_person_assembly")),
        sa.PrimaryKeyConstraint("assembly", "account", name=op.f("pk_person")),
    )
    op.create_table(
        "publication",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_publication_assembly")),
        sa.PrimaryKeyConstraint("assembly", "name", name=op.f("pk_publication")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_roll_entry_assembly")),
        sa.PrimaryKeyConstraint("assembly", "member_id", name=op.f("pk_roll_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scan",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_scan_assembly")),
        sa.PrimaryKeyConstraint("assembly", "sha256", name=op.f("pk_scan")),
    )
    op.create_table(
        "submission",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("refused", sa.String(length=16), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("opinion_public", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.LargeBinary(), nullable=True),
        sa.Column("paper_serial", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_submission_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_submission")),
        sa.UniqueConstraint("assembly", "request_key", name=op.f("uq_submission_assembly_request_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_submission_assembly_member_id"), "submission", ["assembly", "member_id"], unique=False
    )
    op.create_table(
        "credential",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("issued_index", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assembly", "member_id"],
            ["roll_entry.assembly", "roll_entry.member_id"],
            name=op.f("fk_credential_assembly_member_id"),
        ),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_credential_assembly")),
        sa.PrimaryKeyConstraint("assembly", "member_id", name=op.f("pk_credential")),
        sa.UniqueConstraint("lookup", name=op.f("uq_credential_lookup")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_reading",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("read_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_paper_reading_account")),
        sa.ForeignKeyConstraint(
            ["assembly", "serial"],
            ["paper.assembly", "paper.serial"],
            name=op.f("fk_paper_reading_assembly_serial"),
        ),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_paper_reading_assembly")),
        sa.PrimaryKeyConstraint("assembly", "serial", "account", name=op.f("pk_paper_reading")),
    )

    for table in APPEND_ONLY:
        for statement in _triggers(table, op.get_bind().dialect.name):
            op.execute(statement)


def _triggers(table: str, dialect: str) -> list[str]:
    message = f"{table} is append-only"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for act in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]
