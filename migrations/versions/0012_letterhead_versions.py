"""Every letterhead that was set, so that an earlier one can be taken up again."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterhead_version",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_letterhead_version_assembly")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["account.id"], name=op.f("fk_letterhead_version_changed_by")
        ),
        sa.PrimaryKeyConstraint("assembly", "number", name=op.f("pk_letterhead_version")),
    )
    # Those that are set already: nobody wrote down who did.
    op.execute(
        "INSERT INTO letterhead_version (assembly, number, source, changed_at) "
        "SELECT assembly, 1, source, changed_at FROM letterhead"
    )
