"""The letterhead of an assembly's papers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterhead",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_letterhead_assembly")),
        sa.PrimaryKeyConstraint("assembly", name=op.f("pk_letterhead")),
    )
