"""A member's submissions are found by the member's number alone.

Beside the assembly in the index, SQLite took the primary key instead, which begins with the assembly too,
and walked through all submissions of the assembly for every ballot.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_submission_assembly_member_id"), table_name="submission")
    op.create_index(op.f("ix_submission_member_id"), "submission", ["member_id"], unique=False)
