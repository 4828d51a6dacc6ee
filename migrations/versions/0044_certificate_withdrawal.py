"""Withdrawing a certificate takes two persons."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = "certificate_withdrawal"


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("certificate_id", NUMBER, nullable=False),
        sa.Column("reason", sa.String(250), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("proposed_by", NUMBER, nullable=True),
        sa.Column("proposed_label", sa.String(250), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.Column("decided_label", sa.String(250), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f(f"fk_{NAME}_event_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f(f"fk_{NAME}_certificate_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f(f"fk_{NAME}_proposed_by")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f(f"fk_{NAME}_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(NAME, schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f(f"ix_{NAME}_event_id_state"), ["event_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f(f"ix_{NAME}_certificate_id"), ["certificate_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table(NAME)
