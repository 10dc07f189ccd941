"""Committees, members without a vote, the history of the registers, sheets between upload and yes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("contact_at", sa.String(length=24), nullable=True))
    _committees()
    _history()
    op.create_table(
        "roll_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.String(length=24), nullable=False),
        sa.Column("expires_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_roll_upload_body")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_roll_upload_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_upload")),
    )


def _committees() -> None:
    op.create_table(
        "committee",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["slug"], ["body.slug"], name=op.f("fk_committee_slug")),
        sa.ForeignKeyConstraint(["parent"], ["body.slug"], name=op.f("fk_committee_parent")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_committee")),
    )
    op.create_table(
        "seat",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("votes", sa.BigInteger(), nullable=False),
        sa.Column("joined", sa.String(length=10), nullable=True),
        sa.Column("left_on", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["committee.slug"], name=op.f("fk_seat_body")),
        sa.PrimaryKeyConstraint("body", "member_id", name=op.f("pk_seat")),
    )
    op.create_table(
        "voteless_kind",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_voteless_kind_body")),
        sa.PrimaryKeyConstraint("body", "kind", name=op.f("pk_voteless_kind")),
    )


def _history() -> None:
    op.create_table(
        "register_head",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_register_head_body")),
        sa.PrimaryKeyConstraint("body", name=op.f("pk_register_head")),
    )
    op.create_table(
        "register_act",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_register_act_body")),
        sa.PrimaryKeyConstraint("body", "revision", name=op.f("pk_register_act")),
    )
    op.create_table(
        "member_change",
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_member_change_body")),
        sa.PrimaryKeyConstraint("body", "member_id", "revision", name=op.f("pk_member_change")),
    )
