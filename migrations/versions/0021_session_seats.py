"""Seats in a session whose room is limited."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("pool", schema=None) as batch_op:
        batch_op.add_column(_big("session_id", nullable=True))
        batch_op.add_column(sa.Column("each", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_pool_session_id"), "session", ["session_id"], ["id"]
        )
    op.create_table(
        "session_seat",
        _big("id"),
        _big("event_id"),
        _big("pool_id"),
        _big("registration_id"),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_session_seat_event_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_session_seat_pool_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_session_seat_registration_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_seat")),
        sa.UniqueConstraint(
            "pool_id",
            "registration_id",
            name=op.f("uq_session_seat_pool_id_registration_id"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_seat_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_session_seat_registration_id"), ["registration_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("session_seat")
    with op.batch_alter_table("pool", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pool_session_id"), type_="foreignkey")
        batch_op.drop_column("each")
        batch_op.drop_column("session_id")
