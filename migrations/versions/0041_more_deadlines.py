"""Reminders of more than one deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

TABLE = "delegation_reminder"
OLD = "uq_delegation_reminder_delegation_id_account_id_days"
NEW = "uq_delegation_reminder_delegation_id_account_id_what_days"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.add_column(
            sa.Column("what", sa.String(length=40), nullable=False, server_default="names")
        )
        table.drop_constraint(op.f(OLD), type_="unique")
        table.create_unique_constraint(
            op.f(NEW), ["delegation_id", "account_id", "what", "days"]
        )
    with op.batch_alter_table(TABLE) as table:
        table.alter_column("what", existing_type=sa.String(40), server_default=None)


def downgrade() -> None:
    op.execute(sa.text(f"DELETE FROM {TABLE} WHERE what <> 'names'"))
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(NEW), type_="unique")
        table.create_unique_constraint(op.f(OLD), ["delegation_id", "account_id", "days"])
        table.drop_column("what")
