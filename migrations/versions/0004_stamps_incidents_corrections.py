"""Time-stamps, incidents, checkpoints whose entries were lost, corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("timestamp", "incident", "lost_checkpoint", "correction")


def upgrade() -> None:
    op.create_table(
        "timestamp",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("obtained_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_timestamp_assembly")),
        sa.PrimaryKeyConstraint("assembly", "size", name=op.f("pk_timestamp")),
    )
    op.create_table(
        "incident",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_at", sa.String(length=24), nullable=False),
        sa.Column("to_at", sa.String(length=24), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_incident_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_incident")),
    )
    op.create_table(
        "lost_checkpoint",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("incident", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_lost_checkpoint_assembly")),
        sa.PrimaryKeyConstraint("assembly", "sha256", name=op.f("pk_lost_checkpoint")),
    )
    op.create_table(
        "proposed_correction",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_proposed_correction_assembly")),
        sa.PrimaryKeyConstraint("assembly", name=op.f("pk_proposed_correction")),
    )
    op.create_table(
        "correction",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("result_sha256", sa.String(length=64), nullable=False),
        sa.Column("corrected_at", sa.String(length=24), nullable=False),
        sa.Column("chair", sa.String(length=64), nullable=False),
        sa.Column("auditor", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_correction_assembly")),
        sa.ForeignKeyConstraint(["auditor"], ["account.id"], name=op.f("fk_correction_auditor")),
        sa.ForeignKeyConstraint(["chair"], ["account.id"], name=op.f("fk_correction_chair")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_correction")),
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
