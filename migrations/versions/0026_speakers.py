"""What speakers answer to each of their parts, and what else is known of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("language", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("links", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("publishes", sa.Boolean(), nullable=True))
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("answer", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("answer_note", sa.String(length=250), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answer_note")
        batch_op.drop_column("answer")
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.drop_column("publishes")
        batch_op.drop_column("links")
        batch_op.drop_column("language")
