"""What the office keeps of a draft, and how many pages a document has."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("dates_confirmed", sa.Integer(), nullable=False),
        sa.Column("copied_from", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=24), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_draft_assembly")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_draft_changed_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_draft_withdrawn_by")),
        sa.PrimaryKeyConstraint("assembly", name=op.f("pk_draft")),
    )
    op.add_column("document", sa.Column("pages", sa.Integer(), nullable=True))
