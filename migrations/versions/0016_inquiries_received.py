"""How a question came that an officer entered for a member, and who entered it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inquiry") as table:
        table.add_column(sa.Column("came", sa.String(length=8), nullable=True))
        table.add_column(sa.Column("entered_by", sa.String(length=64), nullable=True))
        table.create_foreign_key(op.f("fk_inquiry_entered_by"), "account", ["entered_by"], ["id"])
