"""Jobs that go first, and when a pass was re-issued."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_index(batch_op.f("ix_job_state_run_at_id"))
        batch_op.create_index(
            batch_op.f("ix_job_state_priority_run_at_id"),
            ["state", "priority", "run_at", "id"],
            unique=False,
        )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.alter_column("priority", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("pass", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reissued_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pass", schema=None) as batch_op:
        batch_op.drop_column("reissued_at")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state_priority_run_at_id"))
        batch_op.create_index(
            batch_op.f("ix_job_state_run_at_id"), ["state", "run_at", "id"], unique=False
        )
        batch_op.drop_column("priority")
