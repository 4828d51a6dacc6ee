"""Who has the editor's board open."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(
        name,
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        nullable=False,
        autoincrement=False,
    )


def upgrade() -> None:
    op.create_table(
        "editor_presence",
        _big("event_id"),
        _big("account_id"),
        sa.Column("moving", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_editor_presence_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", "account_id", name=op.f("pk_editor_presence")),
    )


def downgrade() -> None:
    op.drop_table("editor_presence")
