"""Minutes of a part, and closed meetings whose title is not public."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("slot", sa.Column("minutes", sa.Integer(), nullable=True))
    op.add_column(
        "session",
        sa.Column("hides_title", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("session") as session:
        session.alter_column("hides_title", server_default=None)


def downgrade() -> None:
    op.drop_column("session", "hides_title")
    op.drop_column("slot", "minutes")
