"""Waiting for a seat in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "session_wait",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("pool_id", NUMBER, nullable=False),
        sa.Column("registration_id", NUMBER, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_session_wait_event_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_session_wait_pool_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_session_wait_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_wait")),
        sa.UniqueConstraint(
            "pool_id", "registration_id", name=op.f("uq_session_wait_pool_id_registration_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_wait_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_session_wait_registration_id"), ["registration_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("session_wait")
