"""Witnesses: their cosignatures, what contradicts a ledger, and the mails with its checkpoint."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cosignature",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_cosignature_assembly")),
        sa.PrimaryKeyConstraint("assembly", "size", "witness", name=op.f("pk_cosignature")),
        sqlite_with_rowid=False,
    )
    # An assembly that was drafted before promised its members no such mail.
    op.add_column("assembly", sa.Column("checkpoint_mail", sa.String(length=8), nullable=True))
    op.add_column("assembly", sa.Column("checkpoint_mailed", sa.String(length=10), nullable=True))
    op.add_column("assembly", sa.Column("contradiction", sa.LargeBinary(), nullable=True))
    op.add_column("assembly", sa.Column("contradiction_settled", sa.BigInteger(), nullable=True))
