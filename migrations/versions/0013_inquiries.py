"""Questions of members, with the replies that are drafted to them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("assembly", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("request_key", sa.LargeBinary(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("changed_by", sa.String(length=64), nullable=True),
        sa.Column("aside_at", sa.String(length=24), nullable=True),
        sa.Column("aside_by", sa.String(length=64), nullable=True),
        sa.Column("aside_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["assembly"], ["assembly.id"], name=op.f("fk_inquiry_assembly")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_inquiry_changed_by")),
        sa.ForeignKeyConstraint(["aside_by"], ["account.id"], name=op.f("fk_inquiry_aside_by")),
        sa.PrimaryKeyConstraint("assembly", "number", name=op.f("pk_inquiry")),
        sa.UniqueConstraint(
            "assembly", "member_id", "request_key", name=op.f("uq_inquiry_assembly_member_id_request_key")
        ),
    )
