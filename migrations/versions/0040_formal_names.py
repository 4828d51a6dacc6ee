"""Formal names of States and the language in which each is written to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TEXTS = sa.JSON().with_variant(JSONB(), "postgresql")
TABLES = ("entity", "event_entity")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("formal_names", TEXTS, nullable=False, server_default="{}"))
            table.add_column(
                sa.Column("language", sa.String(length=8), nullable=False, server_default="")
            )
        with op.batch_alter_table(name) as table:
            table.alter_column("formal_names", existing_type=TEXTS, server_default=None)
            table.alter_column("language", existing_type=sa.String(8), server_default=None)


def downgrade() -> None:
    for name in reversed(TABLES):
        with op.batch_alter_table(name) as table:
            table.drop_column("language")
            table.drop_column("formal_names")
