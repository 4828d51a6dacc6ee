"""Programme versions under embargo, and programmes that wait for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "programme_proposal",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=250), nullable=False),
        sa.Column("public_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back_to", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", _ID, nullable=True),
        sa.Column("proposed_by", sa.String(length=250), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_programme_proposal_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_proposal")),
        sa.UniqueConstraint("ref", name=op.f("uq_programme_proposal_ref")),
        sa.UniqueConstraint("event_id", name=op.f("uq_programme_proposal_event_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("programme_version") as table:
        table.add_column(sa.Column("public_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE programme_version SET told_at = published_at")


def downgrade() -> None:
    with op.batch_alter_table("programme_version") as table:
        table.drop_column("told_at")
        table.drop_column("public_at")
    op.drop_table("programme_proposal")
