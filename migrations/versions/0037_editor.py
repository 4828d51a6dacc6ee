"""Sessions that have no place yet, and what editors may undo."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "editor_act",
        _big("id"),
        _big("event_id"),
        _big("account_id"),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "steps",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_editor_act_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editor_act")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_editor_act_event_id_account_id"), "editor_act", ["event_id", "account_id"]
    )
    op.add_column(
        "session", sa.Column("is_placed", sa.Boolean(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_editor_act_event_id_account_id"), table_name="editor_act")
    op.drop_table("editor_act")
    op.drop_column("session", "is_placed")
