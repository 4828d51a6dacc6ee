"""Whether letters tell a person of changes in the own programme."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calendar_choice") as table:
        table.add_column(
            sa.Column("by_letter", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("calendar_choice") as table:
        table.alter_column("by_letter", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("calendar_choice") as table:
        table.drop_column("by_letter")
