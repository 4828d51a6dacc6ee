"""Which floor card a scan was of, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "floor_card_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_scan_floor_card_id"), "floor_card", ["floor_card_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_scan_floor_card_id"), type_="foreignkey")
        batch_op.drop_column("floor_card_id")
