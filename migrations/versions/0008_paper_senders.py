"""Whom a paper comes from: as the door read it, and as it was found out.

Papers logged before have no line here: whoever reads them sees whose they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_sender",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(length=32), nullable=False),
        sa.Column("as_written", sa.Text(), nullable=False),
        sa.Column("unclear", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.String(length=24), nullable=True),
        sa.Column("settled_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_paper_sender_assembly")),
        sa.ForeignKeyConstraint(
            ["assembly", "serial"],
            ["paper.assembly", "paper.serial"],
            name=op.f("fk_paper_sender_assembly_serial"),
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["account.id"], name=op.f("fk_paper_sender_settled_by")),
        sa.PrimaryKeyConstraint("assembly", "serial", name=op.f("pk_paper_sender")),
    )
