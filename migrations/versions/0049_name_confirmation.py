"""Names confirmed as they will be printed."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "name_confirmation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("registration_id", NUMBER, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_name_confirmation_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_name_confirmation_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_name_confirmation_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_confirmation")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_name_confirmation_registration_id")),
    )
    with op.batch_alter_table("name_confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_confirmation_event_id"), ["event_id"])


def downgrade() -> None:
    op.drop_table("name_confirmation")
