"""Findings in a programme that somebody accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "accepted_finding",
        _big("id"),
        _big("event_id"),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=250), nullable=False),
        sa.Column("accepted_by", sa.String(length=250), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_accepted_finding_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_finding")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_accepted_finding_event_id_key")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("accepted_finding")
