"""Which keys were drilled from their copy, and who has opened the ballot."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

APPEND_ONLY = ("key_copy",)


def upgrade() -> None:
    op.create_table(
        "key_copy",
        sa.Column("drill", sa.String(length=16), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("drilled_at", sa.String(length=24), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_key_copy_account")),
        sa.PrimaryKeyConstraint("drill", "fingerprint", name=op.f("pk_key_copy")),
    )
    op.create_table(
        "ballot_opening",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_ballot_opening_assembly")),
        sa.PrimaryKeyConstraint("assembly", "member_id", name=op.f("pk_ballot_opening")),
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
