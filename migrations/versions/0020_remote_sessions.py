"""Single sessions that somebody follows remotely."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "remote_session",
        _big("registration_id"),
        _big("session_id"),
        _big("event_id"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_remote_session_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_remote_session_registration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_remote_session_session_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "session_id", name=op.f("pk_remote_session")),
    )
    with op.batch_alter_table("remote_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remote_session_event_id_session_id"),
            ["event_id", "session_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("remote_session")
