"""Asking members once a year whether what is known of them is right."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_campaign",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(length=24), nullable=False),
        sa.Column("first", sa.String(length=64), nullable=False),
        sa.Column("second", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.String(length=24), nullable=True),
        sa.Column("ended_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.slug"], name=op.f("fk_contact_campaign_body")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_contact_campaign_ended_by")),
        sa.ForeignKeyConstraint(["first"], ["account.id"], name=op.f("fk_contact_campaign_first")),
        sa.ForeignKeyConstraint(["second"], ["account.id"], name=op.f("fk_contact_campaign_second")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_campaign")),
    )
    op.create_index(op.f("ix_contact_campaign_body_opened_at"), "contact_campaign", ["body", "opened_at"])
    op.create_table(
        "contact_ask",
        sa.Column("campaign", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("answered_at", sa.String(length=24), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Text(), nullable=True),
        sa.Column("settled_as", sa.String(length=12), nullable=True),
        sa.Column("settled_at", sa.String(length=24), nullable=True),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign"], ["contact_campaign.id"], name=op.f("fk_contact_ask_campaign")),
        sa.ForeignKeyConstraint(["settled_by"], ["account.id"], name=op.f("fk_contact_ask_settled_by")),
        sa.PrimaryKeyConstraint("campaign", "member_id", name=op.f("pk_contact_ask")),
    )
    op.create_table(
        "contact_token",
        sa.Column("look_up", sa.LargeBinary(), nullable=False),
        sa.Column("campaign", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign", "member_id"],
            ["contact_ask.campaign", "contact_ask.member_id"],
            name=op.f("fk_contact_token_campaign_member_id"),
        ),
        sa.PrimaryKeyConstraint("look_up", name=op.f("pk_contact_token")),
    )
    op.create_table(
        "contact_mail",
        sa.Column("message_id", sa.String(length=128), nullable=False),
        sa.Column("campaign", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.String(length=24), nullable=False),
        sa.Column("due_at", sa.String(length=24), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.String(length=24), nullable=True),
        sa.Column("sent_at", sa.String(length=24), nullable=True),
        sa.Column("failed_at", sa.String(length=24), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign"], ["contact_campaign.id"], name=op.f("fk_contact_mail_campaign")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_contact_mail")),
    )
    op.create_index(
        op.f("ix_contact_mail_sent_at_failed_at_due_at"),
        "contact_mail",
        ["sent_at", "failed_at", "due_at"],
    )
