"""Amended dockets, codes issued again, deliveries, acts of the office."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = ("amendment", "replaced_credential", "delivery", "office_act")


def upgrade() -> None:
    op.add_column("assembly", sa.Column("amended_sha256", sa.String(length=64), nullable=True))
    op.add_column("assembly", sa.Column("texts_index", sa.BigInteger(), nullable=True))
    op.create_table(
        "amendment",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amended_at", sa.String(length=24), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_amendment_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_amendment")),
    )
    op.create_table(
        "replaced_credential",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("issued_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("replaced_index", sa.BigInteger(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_replaced_credential_assembly")),
        sa.PrimaryKeyConstraint("assembly", "member_id", "issued_index", name=op.f("pk_replaced_credential")),
        sa.UniqueConstraint("lookup", name=op.f("uq_replaced_credential_lookup")),
    )
    op.create_table(
        "delivery",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_delivery_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", "member_id", "channel", name=op.f("pk_delivery")),
    )
    op.create_table(
        "office_act",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("idx", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("acted_at", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_office_act_account")),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_office_act_assembly")),
        sa.PrimaryKeyConstraint("assembly", "idx", name=op.f("pk_office_act")),
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
