"""Invitations of speakers by a link of their own, and when they can speak."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "speaker_invitation",
        _big("id"),
        _big("event_id"),
        _big("speaker_id"),
        sa.Column("link_number", sa.Integer(), nullable=False),
        _time("expires_at"),
        _time("reminded_at", nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        _time("answered_at", nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("news", JSON, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("presence", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_speaker_invitation_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_speaker_invitation_speaker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_invitation")),
        sa.UniqueConstraint("speaker_id", name=op.f("uq_speaker_invitation_speaker_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_speaker_invitation_event_id"), "speaker_invitation", ["event_id"])
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.add_column(_time("invited_at", nullable=True))
        batch_op.add_column(sa.Column("windows", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.drop_column("windows")
        batch_op.drop_column("invited_at")
    op.drop_table("speaker_invitation")
