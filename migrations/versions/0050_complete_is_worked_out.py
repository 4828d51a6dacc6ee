"""That a delegation is complete is worked out from its people, no longer written down."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE delegation SET reply = 'names_received' WHERE reply = 'complete'"))


def downgrade() -> None:
    """Nothing: a reply of names received was there before, too."""
