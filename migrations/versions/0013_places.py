"""Pools by way of taking part, heads who are away, reminders of delegations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pool", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "modes",
                sa.JSON().with_variant(JSONB(), "postgresql"),
                nullable=False,
                server_default="[]",
            )
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("mode", sa.String(length=40), nullable=False, server_default="in_person")
        )
    op.create_table(
        "head_absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_head_absence_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_head_absence_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_absence")),
        sa.UniqueConstraint(
            "event_id", "delegation_id", name=op.f("uq_head_absence_event_id_delegation_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delegation_reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_delegation_reminder_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_reminder_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_delegation_reminder_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_reminder")),
        sa.UniqueConstraint(
            "delegation_id",
            "account_id",
            "days",
            name=op.f("uq_delegation_reminder_delegation_id_account_id_days"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation_reminder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_reminder_account_id_on_day"),
            ["account_id", "on_day"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_delegation_reminder_event_id"), ["event_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("delegation_reminder")
    op.drop_table("head_absence")
    op.drop_column("registration", "mode")
    op.drop_column("pool", "version")
    op.drop_column("pool", "modes")
