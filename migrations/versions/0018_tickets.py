"""Ticket lists and whose names went out in which."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(
        name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
    )


def upgrade() -> None:
    op.create_table(
        "ticket_list",
        _big("id"),
        sa.Column("ref", sa.String(length=16), nullable=False),
        _big("event_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _big("file_id"),
        sa.Column("names", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=250), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ticket_list_event_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_ticket_list_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_list")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_ticket_list_event_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_ticket_list_ref")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ticket_line",
        _big("id"),
        _big("event_id"),
        _big("list_id"),
        _big("registration_id"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ticket_line_event_id")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["ticket_list.id"], name=op.f("fk_ticket_line_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_ticket_line_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_line")),
        sa.UniqueConstraint(
            "event_id", "registration_id", name=op.f("uq_ticket_line_event_id_registration_id")
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("ticket_line")
    op.drop_table("ticket_list")
