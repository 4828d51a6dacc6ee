"""Floor cards of delegations; a ticket list whose file was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("ticket_list", schema=None) as batch_op:
        batch_op.alter_column("file_id", existing_type=sa.BigInteger(), nullable=True)
    op.create_table(
        "floor_card",
        _big("id"),
        sa.Column("ref", sa.String(length=16), nullable=False),
        _big("event_id"),
        _big("session_id"),
        _big("delegation_id"),
        _big("pass_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inside_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_floor_card_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_floor_card_event_id")),
        sa.ForeignKeyConstraint(["pass_id"], ["pass.id"], name=op.f("fk_floor_card_pass_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_floor_card_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_card")),
        sa.UniqueConstraint("pass_id", name=op.f("uq_floor_card_pass_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_floor_card_ref")),
        sa.UniqueConstraint(
            "session_id",
            "delegation_id",
            "number",
            name=op.f("uq_floor_card_session_id_delegation_id_number"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("floor_card", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_floor_card_event_id_session_id"),
            ["event_id", "session_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("floor_card")
    with op.batch_alter_table("ticket_list", schema=None) as batch_op:
        batch_op.alter_column("file_id", existing_type=sa.BigInteger(), nullable=False)
