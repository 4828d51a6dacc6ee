"""Copies of the public pages of events, for keeping."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "static_copy",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", _BIG, nullable=False),
        sa.Column("file_id", _BIG, nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=250), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_static_copy_event_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_static_copy_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_static_copy")),
        sa.UniqueConstraint("event_id", name=op.f("uq_static_copy_event_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_static_copy_ref")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("static_copy")
