"""Designs of badges and name plates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def upgrade() -> None:
    op.create_table(
        "badge_design",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=True),
        sa.Column("institution_id", NUMBER, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("layout", JSON, nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("category_ids", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(event_id IS NULL) <> (institution_id IS NULL)",
            name=op.f("ck_badge_design_one_owner"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_badge_design_event_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_badge_design_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_design")),
        sa.UniqueConstraint("ref", name=op.f("uq_badge_design_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("badge_design", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_badge_design_event_id_kind"), ["event_id", "kind"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_badge_design_institution_id"), ["institution_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("badge_design")
