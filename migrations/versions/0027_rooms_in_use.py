"""When rooms may be used and how many they seat in each layout; how a room is set for a session."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("event_room", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats", _JSON, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("opens", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("closes", sa.String(length=5), nullable=True))
        batch_op.alter_column("seats", server_default=None)
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("layout", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.alter_column("layout", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("layout")
    with op.batch_alter_table("event_room", schema=None) as batch_op:
        batch_op.drop_column("closes")
        batch_op.drop_column("opens")
        batch_op.drop_column("seats")
